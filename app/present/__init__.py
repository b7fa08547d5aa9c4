"""Slides on a screen: the same script shows them in the dashboard and in a file of their own."""
