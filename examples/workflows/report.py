"""Tables and plots for logs and Decks: plain text, HTML and SVG, no packages."""

from collections.abc import Mapping, Sequence
from html import escape


def text_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their longest cell."""
    widths = [max(map(len, column)) for column in zip(titles, *rows, strict=True)]
    lines = [titles, ["-" * width for width in widths], *rows]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def html_table(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    def cells(tag: str, values: Sequence[str]) -> str:
        return "".join(
            f"<{tag} style='text-align:left;padding:2px 16px 2px 0'>{escape(value)}</{tag}>" for value in values
        )

    body = "".join(f"<tr>{cells('td', row)}</tr>" for row in rows)
    return f"<table><tr>{cells('th', titles)}</tr>{body}</table>"


def bar_chart(title: str, unit: str, values: Mapping[str, float]) -> str:
    """Horizontal bars as SVG, in the order given."""
    top = max(values.values(), default=0) or 1
    bars = "".join(
        f"<text x='0' y='{30 + 24 * row}'>{escape(name)}</text>"
        f"<rect x='240' y='{18 + 24 * row}' width='{max(400 * value / top, 1):.0f}' height='16' fill='#4285f4'/>"
        f"<text x='650' y='{30 + 24 * row}'>{value:,.4g} {escape(unit)}</text>"
        for row, (name, value) in enumerate(values.items())
    )
    height = 24 * len(values) + 30
    style = "font-family='sans-serif' font-size='13'"
    return f"<h4>{escape(title)}</h4><svg width='800' height='{height}' {style}>{bars}</svg>"
