"""What reason codes and causes of not being graded say to a person."""

from __future__ import annotations

from decimal import Decimal

from rung.grading.compiled import CompiledPolicy, Shares
from rung.policy.model import Band, Criterion
from rung.policy.wording import cell_words
from rung.text import Text
from rung.vocabulary import Quantity

__all__ = ["band_words", "reason_text", "refusal_text"]


def reason_text(compiled: CompiledPolicy, code: str) -> Text:
    """Return what a reason code says; see ``CompiledPolicy.reason_codes`` for the codes."""
    kind, _, rest = code.partition(":")
    policy = compiled.policy
    match kind:
        case "held":
            return Text("受上次等级约束：等级变动有限制", "Held by the grade before: changes are limited")
        case "gate":
            return next(gate.reason for gate in policy.gates if gate.id == rest)
        case "rule" if rest == "otherwise":
            return Text("不符合以上任何一条规则", "No rule holds")
        case "rule":
            return next(rule.reason for rule in policy.rules if rule.id == rest)
        case "share":
            return _share_text(compiled, rest)
    criterion = next(criterion for criterion in policy.criteria if criterion.id == kind)
    if rest == "missing":
        return Text(f"{criterion.title.zh}：缺数据", f"{criterion.title.en}: no data")
    band = band_words(criterion, int(rest), compiled.quantities[criterion.measure])
    if criterion.reason is None:
        return Text(f"{criterion.title.zh}：{band.zh}", f"{criterion.title.en}: {band.en}")
    return Text(f"{criterion.reason.zh}（{band.zh}）", f"{criterion.reason.en} ({band.en})")


def refusal_text(compiled: CompiledPolicy, code: str) -> Text:
    """Return what a cause of not being graded says."""
    kind, _, rest = code.partition(":")
    match kind:
        case "missing":
            titles = {criterion.id: criterion.title for criterion in compiled.policy.criteria}
            title = titles.get(rest) or compiled.quantities[rest].title
            return Text(f"缺少数据：{title.zh}", f"Data missing: {title.en}")
        case "gate":
            gate = next(gate for gate in compiled.policy.gates if gate.id == rest)
            return Text(
                f"数据不足，无法判断是否“{gate.reason.zh}”", f"Data missing to tell whether: {gate.reason.en}"
            )
        case "fault":
            return Text(f"插件“{rest}”出错", f"Plugin “{rest}” failed")
    return {
        "conflict": Text("规则冲突：同时成立的规则不止一条", "Rules conflict: more than one holds"),
        "no_rule": Text("没有适用的规则", "No rule applies"),
        "no_population": Text(
            "没有可供排名的客户（无数据或合计为零）", "Nobody to rank: no values, or a total of zero"
        ),
        "no_evidence": Text("没有一项标准可以评分", "No criterion could be scored"),
    }[kind]


def band_words(criterion: Criterion, number: int, quantity: Quantity) -> Text:
    """Return a band in words: its label, its level's title, or its cell; ``number`` counts from 1."""
    if criterion.levels:
        return criterion.levels[number - 1].title
    band = criterion.bands[number - 1]
    if band.label is not None:
        return band.label
    if band.top is not None:
        return _top(criterion.rank or "count", band.top)
    if band.when == "-" or band.when is None:
        return _rest(criterion.bands, number)
    return cell_words(band.when, quantity)


def _rest(bands: tuple[Band, ...], number: int) -> Text:
    before = bands[number - 2].top if number > 1 else None
    return (
        Text("其余", "the rest")
        if before is None
        else Text(f"{before.normalize():f}% 以后", f"below the top {before.normalize():f} %")
    )


def _share_text(compiled: CompiledPolicy, grade: str) -> Text:
    assert isinstance(compiled.method, Shares)
    ranking, place = compiled.method.ranking, compiled.grades.index(grade)
    title = ranking.quantity.title
    if place < len(ranking.shares):
        top = _top(ranking.by, Decimal(ranking.shares[place]) / 10_000)
    else:
        share = f"{(Decimal(ranking.shares[-1]) / 10_000).normalize():f}" if ranking.shares else "0"
        top = Text(f"前{share}%之后", f"below the top {share} %")
    return Text(f"{title.zh}：{top.zh}", f"{title.en}: {top.en}")


def _top(by: str, share: Decimal) -> Text:
    shown = f"{share.normalize():f}"
    if by == "count":
        return Text(f"前{shown}%的客户", f"top {shown} % of customers")
    return Text(f"累计前{shown}%", f"top {shown} % of the total")
