"""A picture of the ratios: requests a second of each target, by those of `raw`."""

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Protocol

import pygal  # type: ignore[import-untyped]
from pygal.style import Style  # type: ignore[import-untyped]

from bench.rounds import KITH, RAW

SHOWN: Mapping[str, tuple[str, str]] = {
    KITH: ("Kith", "#0a6ebd"),
    "@neo4j/graphql": ("@neo4j/graphql", "#e0a030"),
    "strawberry": ("Strawberry, a statement for each field", "#b5407a"),
}
"""What each target is called in the picture, and its colour."""
INK, GREY = "#1c2733", "#66717d"
STYLE = Style(
    background="white",
    plot_background="white",
    foreground=GREY,
    foreground_strong=INK,
    foreground_subtle="#dfe4e8",
    opacity="1",
    opacity_hover="1",
    transition="0s",
    colors=tuple(colour for _, colour in SHOWN.values()),
    font_family="system-ui, sans-serif",
    title_font_size=18,
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=12,
    legend_font_size=14,
    value_colors=(INK,) * len(SHOWN),
    guide_stroke_dasharray="1",
    guide_stroke_color="#e8ebee",
    major_guide_stroke_dasharray="1",
    major_guide_stroke_color=INK,
)


class Figure(Protocol):
    """What a target measured of a document."""

    @property
    def document(self) -> str: ...
    @property
    def connections(self) -> int: ...
    @property
    def target(self) -> str: ...
    @property
    def per_second(self) -> float: ...


def drawn(figures: Sequence[Figure]) -> str:
    """The picture as SVG, the same for the same figures, of what was measured against `raw`."""
    rates = {(one.document, one.connections, one.target): one.per_second for one in figures}
    groups = [(document, connections) for document, connections, target in rates if target == RAW]
    ratios = {
        target: [ratio(rates.get((*group, target)), rates[(*group, RAW)]) for group in groups] for target in SHOWN
    }
    most = max((value for values in ratios.values() for value in values if value), default=1)
    chart = pygal.Bar(
        style=STYLE,
        width=1080,
        height=430,
        margin=16,
        spacing=14,
        title="Requests a second by those of plain statements without GraphQL (document × connections)",
        legend_at_bottom=True,
        legend_at_bottom_columns=len(SHOWN),
        legend_box_size=14,
        print_values=True,
        print_values_position="top",
        formatter=shown,
        range=(0, most * 1.08),
        y_labels=range(ceil(most * 1.08) + 1),
        y_labels_major=[1],
        show_minor_y_labels=True,
        truncate_label=-1,
        truncate_legend=-1,
        no_prefix=True,
        js=[],
        disable_xml_declaration=True,
    )
    chart.x_labels = [f"{document} ×{connections}" for document, connections in groups]
    for target, (name, _) in SHOWN.items():
        chart.add(name, ratios[target], rounded_bars=2)
    chart.add_xml_filter(plain)
    return str(chart.render(is_unicode=True)) + "\n"


def ratio(rate: float | None, raw: float) -> float | None:
    """A rate by another, None for one that was not measured."""
    return rate / raw if rate else None


def shown(value: float | None) -> str:
    """A ratio as it stands on its bar."""
    return "" if value is None else f"{value:.1f}" if value >= 1 else f"{value:.2f}"


def plain(tree: Any) -> Any:
    """The picture without scripts and remarks, which have the day in them."""
    for parent in list(tree.iter()):
        for child in list(parent):
            if is_dispensable(child):
                parent.remove(child)
    return tree


def is_dispensable(element: Any) -> bool:
    return not isinstance(element.tag, str) or element.tag.endswith("script")
