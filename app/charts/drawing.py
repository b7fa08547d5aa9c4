"""A chart as plain data: what Plotly in the browser reads, without its objects in Python.

Those check every property of every trace whenever a chart is built, which takes some fifty times as
long as to write the chart down. `figure` has Plotly check it: the tests do so for every chart.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import plotly.graph_objects as go

Properties = dict[str, Any]
# Plotly takes an empty text off the chart and never writes one there again when the chart changes.
_BLANK = " "


@dataclass(slots=True)
class Drawing:
    """Traces and layout, in Plotly's words."""

    layout: Properties
    data: list[Properties] = field(default_factory=list)

    @property
    def nbytes(self) -> int:
        """About how much memory the drawing takes: some hundred bytes for a point's texts."""
        return 2000 + sum(400 * len(trace["x"]) for trace in self.data)

    def add_scatter(self, **trace: Any) -> Properties:
        """Add points or lines; returns the trace."""
        return self._add({"type": "scatter", **trace})

    def add_bar(self, **trace: Any) -> Properties:
        """Add bars; returns the trace."""
        return self._add({"type": "bar", **trace})

    def _add(self, trace: Properties) -> Properties:
        if isinstance(trace.get("text"), list):
            trace["text"] = [text or _BLANK for text in trace["text"]]
        self.data.append(trace)
        return trace

    def add_shape(self, **shape: Any) -> None:
        """Add a line or rectangle."""
        self.layout.setdefault("shapes", []).append(shape)

    def add_annotation(self, **annotation: Any) -> None:
        """Add a text."""
        self.layout.setdefault("annotations", []).append(annotation)

    def update(self, **layout: Any) -> None:
        """Set parts of the layout; what is said of an axis is added to what was said before."""
        for name, value in layout.items():
            said = self.layout.get(name)
            self.layout[name] = {**said, **value} if isinstance(said, dict) else value

    def update_xaxis(self, **axis: Any) -> None:
        """Add to what is said of the horizontal axis."""
        self.update(xaxis=axis)

    def update_yaxis(self, **axis: Any) -> None:
        """Add to what is said of the vertical axis."""
        self.update(yaxis=axis)

    def grow(self, height: float, **margin: float) -> None:
        """Make the figure higher by `height`, with more margin at the sides named (t, b)."""
        self.layout["height"] += height
        for side, added in margin.items():
            self.layout["margin"][side] += added

    @property
    def plain(self) -> Properties:
        """The chart as JSON carries it; not to be changed."""
        return {"data": self.data, "layout": self.layout}

    def figure(self) -> "go.Figure":
        """Plotly's own object; raises ValueError for what Plotly does not know."""
        import plotly.graph_objects as go

        return go.Figure(self.plain)
