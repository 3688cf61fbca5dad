"""How a sheet looks: A4 in black and white first, the same page as a sheet of paper on a screen."""

from __future__ import annotations

from typing import Final

from rung.text import _

__all__ = ["style"]

_STYLE: Final = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #e4e4e4; color: #000; font-size: 8pt; line-height: 1.25;
  font-family: "Noto Sans", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", Arial, sans-serif; }
.sheet { width: 210mm; min-height: 297mm; margin: 8mm auto; padding: 11mm 12mm; background: #fff;
  box-shadow: 0 1px 6px #0006; overflow-wrap: anywhere; }
.layout { width: 100%; border-collapse: collapse; table-layout: fixed; }
.layout > * > tr > td { padding: 0; }
.running { display: flex; justify-content: space-between; gap: 6mm; align-items: baseline;
  border-bottom: 1.5pt solid #000; padding-bottom: 1mm; margin-bottom: 2mm; }
.running > * { min-width: 0; }
.running h1 { font-size: 13pt; margin: 0; white-space: nowrap; flex: none; }
.running span { text-align: right; }
.top { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2mm 6mm; align-items: start; }
.who { font-size: 12pt; font-weight: 700; line-height: 1.2; }
.facts { display: grid; grid-template-columns: auto minmax(0, 1fr) auto minmax(0, 1fr); gap: .3mm 2mm; margin: 1.2mm 0 0; }
.facts dt { color: #444; white-space: nowrap; }
.facts dd { margin: 0; }
.facts .long { grid-column: 2 / -1; }
.grades { display: flex; border: 1pt solid #000; }
.grades div { padding: 1mm 2.5mm; text-align: center; min-width: 18mm; max-width: 34mm; border-left: .5pt solid #000; }
.grades div:first-child { border-left: 0; }
.grades b { display: block; font-size: 12pt; line-height: 1.25; }
.grades .wordy { font-size: 9pt; }
.grades .counts { border-left: 1pt solid #000; outline: 1pt solid #000; }
.notice { border: 1pt solid #000; padding: .8mm 2mm; margin: 2mm 0 0; font-weight: 700; }
section { margin: 1.7mm 0 0; }
h2 { font-size: 8.5pt; margin: 0 0 .6mm; border-bottom: .75pt solid #000; break-after: avoid; }
.line h2, .line p { display: inline; border: 0; }
.line h2::after { content: " · "; }
.two { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); gap: 0 6mm; }
.small { margin: .5mm 0 0; color: #333; font-size: 7.5pt; }
ul, ol { margin: 0; padding-left: 4mm; }
li { break-inside: avoid; }
.fine { font-size: 6.8pt; line-height: 1.2; }
.given { font-size: 7.3pt; line-height: 1.2; }
.fine ul { columns: 2; column-gap: 6mm; }
.grid { width: 100%; border-collapse: collapse; table-layout: fixed; }
.grid th, .grid td { text-align: left; vertical-align: top; padding: .35mm 1mm; border-bottom: .4pt solid #999;
  font-weight: 400; }
.grid thead th { color: #333; font-size: 7pt; border-bottom: .6pt solid #000; vertical-align: bottom; }
.grid tr > :first-child { padding-left: 0; }
.grid .n { text-align: right; font-variant-numeric: tabular-nums; padding-left: 0; }
.grid tr, .signatures, .ladder, .top { break-inside: avoid; }
.grid thead { display: table-header-group; }
.fall td { position: relative; vertical-align: middle; }
.fall tbody tr:last-child td { border-bottom: 0; }
.matrix { table-layout: auto; width: auto; }
.matrix .here { outline: 1.2pt solid #000; font-weight: 700; }
.tag { border: .5pt solid #000; border-radius: 1mm; padding: 0 .8mm; font-size: 6.5pt; white-space: nowrap; }
.star { line-height: 0; }
.bar { position: absolute; inset: 0; }
.axis, .bar { display: block; overflow: visible; }
.axis text { font-size: 6.5pt; fill: #000; }
.defs { position: absolute; }
.bar .gain { fill: #4a4a4a; } .bar .total { fill: #000; } .bar .drop { fill: #aaa; stroke: #000; stroke-width: .5; }
.bar .lost { fill: url(#lost); stroke: #555; stroke-width: .5; }
.bar .cut { stroke: #000; stroke-width: .6; stroke-dasharray: 2 2; }
.bar .zero { stroke: #000; stroke-width: .6; }
.tone.bad { font-weight: 700; } .tone.muted { color: #555; }
.chart { break-inside: avoid; } .plot { display: block; overflow: visible; margin: 1mm 0; }
.plot .curve { stroke: #000; stroke-width: 1; }
.ladder { display: flex; flex-wrap: wrap; margin-top: 1mm; }
.ladder div { flex: 1 1 22mm; border: .5pt solid #777; margin: 0 -.5pt -.5pt 0; padding: .5mm 1.5mm; min-width: 0; }
.ladder b { margin-right: 1.5mm; }
.ladder .here { outline: 1.5pt solid #000; outline-offset: -1pt; }
.ladder .here::after { content: " ◀"; }
.signatures { display: flex; gap: 5mm; margin-top: 3mm; }
.signatures div { flex: 1; border: .6pt solid #000; padding: 1mm 2mm; height: 15mm; position: relative; }
.signatures span, .signatures i { position: absolute; bottom: 1mm; left: 2mm; color: #444; font-size: 7pt; font-style: normal; }
.signatures i { left: 66%; }
.foot { margin-top: 2mm; padding-top: 1mm; border-top: .5pt solid #000; font-size: 6.5pt; color: #333; }
@page { size: A4; margin: 10mm 12mm 11mm; @bottom-right { content: PAGE; font: 7pt sans-serif; } }
@media print {
  body { background: #fff; }
  .sheet { width: auto; min-height: 0; margin: 0; padding: 0; box-shadow: none; break-after: page; }
  .sheet:last-child { break-after: auto; }
  .layout > thead { display: table-header-group; }
}
"""  # noqa: E501 - a rule a line


def style() -> str:
    """Return the style sheet, its page numbers in the current language."""
    return _STYLE.replace("PAGE", _numbered(_("Page {page} of {pages}")), 1)


def _numbered(words: str) -> str:
    """Return the words as CSS content: counters where the numbers go, every other character escaped."""
    before, _sign, rest = words.partition("{page}")
    between, _sign, after = rest.partition("{pages}")
    return f"{_quoted(before)} counter(page) {_quoted(between)} counter(pages) {_quoted(after)}"


def _quoted(words: str) -> str:
    return '"' + "".join(f"\\{ord(char):06x}" for char in words) + '"'
