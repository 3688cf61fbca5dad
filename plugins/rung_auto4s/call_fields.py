"""What the calls found out about a customer: reached or not, what he thinks of us, what stands in the way."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["CALL"]

CALL: Final = (
    Field(
        id="phone_status",
        title=Text("电话结果", "Phone call"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="reached",
                title=Text("已接通", "Reached"),
                aliases=("接通", "通", "正常", "answered", "connected"),
            ),
            Choice(
                id="unreached",
                title=Text("未接通", "Not reached"),
                aliases=(
                    "无人接听",
                    "未接",
                    "关机",
                    "占线",
                    "拒接",
                    "停机",
                    "不在服务区",
                    "暂时无法接通",
                    "no answer",
                ),
            ),
            Choice(
                id="dead",
                title=Text("空号", "Dead number"),
                aliases=("号码不存在", "已销号", "销号", "invalid number", "disconnected"),
            ),
            Choice(
                id="wrong_person",
                title=Text("非本人", "Wrong person"),
                aliases=("打错", "错号", "不是本人", "号码错误", "wrong number"),
            ),
        ),
        aliases=("电话状态", "接通情况", "通话结果", "phone status", "call result"),
    ),
    Field(
        id="data_status",
        title=Text("资料情况", "Customer data"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="verified", title=Text("已核实", "Verified"), aliases=("正确", "无误", "准确", "correct")
            ),
            Choice(
                id="to_verify",
                title=Text("待核实", "To be verified"),
                aliases=("存疑", "不详", "未核实", "to verify", "unverified"),
            ),
            Choice(
                id="wrong", title=Text("资料错误", "Wrong"), aliases=("有误", "错误", "信息错误", "incorrect")
            ),
        ),
        aliases=("资料状态", "档案情况", "信息核实", "data status", "record status"),
    ),
    Field(
        id="acceptance",
        title=Text("认可程度", "Acceptance"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="accepts",
                title=Text("了解并认可", "Knows and accepts us"),
                aliases=("认可", "信任", "了解且认可", "accepted"),
            ),
            Choice(id="knows", title=Text("了解", "Knows us"), aliases=("知道", "听说过", "仅了解", "aware")),
            Choice(
                id="unaware",
                title=Text("不了解", "Does not know us"),
                aliases=("不知道", "没听说过", "陌生", "unaware of us"),
            ),
        ),
        aliases=("认可度", "对我店认可", "了解程度", "attitude to us", "awareness"),
    ),
    Field(
        id="need",
        title=Text("需求", "Need"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="known",
                title=Text("有需求", "Known"),
                aliases=("有", "需求明确", "需保养", "需维修", "yes"),
            ),
            Choice(
                id="none_now",
                title=Text("暂无需求", "None now"),
                aliases=("暂无", "无", "没有", "无需求", "none", "no"),
            ),
        ),
        aliases=("目前需求", "服务需求", "维修保养需求", "current need", "needs"),
    ),
    Field(
        id="intention",
        title=Text("来店意向", "Intention"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="soon",
                title=Text("近期来店", "Coming soon"),
                aliases=("近期", "近期会来", "本周来", "已预约", "booked"),
            ),
            Choice(
                id="later",
                title=Text("以后再说", "Perhaps later"),
                aliases=("再说", "不确定", "考虑", "undecided", "later"),
            ),
            Choice(
                id="refused",
                title=Text("明确不来", "Will not come"),
                aliases=("不来", "拒绝", "明确拒绝", "refuses", "no intention"),
            ),
        ),
        aliases=("意向", "到店意向", "来店意愿", "willingness", "will he come"),
    ),
    Field(
        id="is_hard_to_talk_to",
        title=Text("难以沟通", "Hard to talk to"),
        kind=Kind.BOOLEAN,
        aliases=("沟通困难", "不好沟通", "难沟通", "difficult", "hard to talk"),
        is_changeable=False,
    ),
    Field(
        id="is_person_in_charge_reached",
        title=Text("联系到负责人", "Person in charge reached"),
        kind=Kind.BOOLEAN,
        aliases=(
            "是否找到负责人",
            "找到负责人",
            "负责人接听",
            "decision maker reached",
            "spoke to person in charge",
        ),
        is_changeable=False,
    ),
    Field(
        id="town_presence",
        title=Text("在本市情况", "Presence in town"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="usual", title=Text("常在", "Usually"), aliases=("常住", "在", "本地", "local")),
            Choice(
                id="seldom",
                title=Text("很少在", "Seldom"),
                aliases=("不常在", "偶尔在", "常在外地", "rarely"),
            ),
            Choice(
                id="never",
                title=Text("不在", "Never"),
                aliases=("长期不在", "从不在", "已迁走", "已搬走", "moved away"),
            ),
        ),
        aliases=("是否在本市", "常住情况", "本地情况", "town", "lives in town"),
        is_changeable=False,
    ),
    Field(
        id="distance_km",
        title=Text("距店公里数", "Distance"),
        kind=Kind.NUMBER,
        unit="km",
        decimals=1,
        aliases=("距离", "距店距离", "离店距离", "路程", "distance km", "km from shop"),
        low=0,
        high=10_000,
        is_changeable=False,
    ),
    Field(
        id="prepaid_at",
        title=Text("他店储值", "Prepaid elsewhere"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="none", title=Text("未储值", "None"), aliases=("没有储值", "没有", "无", "否", "no")),
            Choice(
                id="dealer",
                title=Text("4S店", "4S dealer"),
                aliases=("4s店储值", "在4S店有储值", "4S", "dealer"),
            ),
            Choice(
                id="other_shop",
                title=Text("其他修理店", "Another shop"),
                aliases=("其他店", "别的店", "他店", "外修厂", "other"),
            ),
        ),
        aliases=("储值情况", "预存款", "有无储值卡", "prepaid", "prepaid at"),
        is_changeable=False,
    ),
    Field(
        id="has_friend_with_shop",
        title=Text("朋友开修理店", "Friend runs such a shop"),
        kind=Kind.BOOLEAN,
        aliases=("朋友开店", "熟人开店", "有朋友做汽修", "friend's shop", "friend has a shop"),
        is_changeable=False,
    ),
    Field(
        id="trusts_dealer",
        title=Text("信赖4S店", "Trusts the 4S dealer"),
        kind=Kind.BOOLEAN,
        aliases=("相信4S店", "信任4S店", "只认4S店", "trusts 4S", "loyal to dealer"),
        is_changeable=False,
    ),
)
