"""What a dealer or repair shop knows of a customer as such: who he is, his car, what calls found out."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text
from rung_auto4s.call_fields import CALL

__all__ = ["FIELDS"]

IDENTITY: Final = (
    Field(
        id="customer_id",
        title=Text("客户编号", "Customer id"),
        kind=Kind.TEXT,
        aliases=("客户号", "客户ID", "会员号", "档案号", "编号", "ID", "customer", "member no", "cust_no"),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("客户名称", "Customer name"),
        kind=Kind.TEXT,
        aliases=("客户姓名", "车主姓名", "车主", "姓名", "名称", "单位名称", "name", "car owner"),
        is_changeable=False,
    ),
    Field(
        id="customer_kind",
        title=Text("客户性质", "Customer kind"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="person",
                title=Text("个人", "Person"),
                aliases=("私家", "私人", "个人客户", "private", "individual"),
            ),
            Choice(
                id="firm",
                title=Text("单位", "Firm"),
                aliases=("公司", "企业", "集团", "公户", "company", "corporate", "fleet"),
            ),
        ),
        aliases=("客户类型", "客户类别", "车辆性质", "customer type", "private or firm"),
        is_changeable=False,
    ),
    Field(
        id="owner_id",
        title=Text("车主编号", "Owner id"),
        kind=Kind.TEXT,
        aliases=("所属单位", "所属车主", "单位编号", "集团客户", "车队编号", "owner", "fleet", "fleet id"),
        about=Text(
            "同一车主或单位名下各车填同一值；只有一辆的可留空。",
            "The same for all cars of one owner or firm; whoever has a single one may leave it blank.",
        ),
        is_changeable=False,
    ),
    Field(
        id="phone",
        title=Text("联系电话", "Phone"),
        kind=Kind.TEXT,
        aliases=("电话", "手机", "手机号", "手机号码", "联系方式", "mobile", "telephone", "phone number"),
        is_sensitive=True,
        is_changeable=False,
    ),
    Field(
        id="service_advisor",
        title=Text("服务顾问", "Service advisor"),
        kind=Kind.TEXT,
        aliases=("接待顾问", "售后顾问", "跟进人", "advisor", "SA"),
        is_changeable=False,
    ),
)

CAR: Final = (
    Field(
        id="plate",
        title=Text("车牌号", "Plate"),
        kind=Kind.TEXT,
        aliases=("车牌", "车牌号码", "牌照", "plate number", "registration"),
        is_sensitive=True,
        is_changeable=False,
    ),
    Field(
        id="vin",
        title=Text("车架号", "VIN"),
        kind=Kind.TEXT,
        aliases=("车辆识别代号", "底盘号", "VIN码", "chassis number"),
        is_sensitive=True,
        is_changeable=False,
    ),
    Field(
        id="car_model",
        title=Text("车型", "Model"),
        kind=Kind.TEXT,
        aliases=("车系", "品牌车型", "车款", "car model", "vehicle model"),
        is_changeable=False,
    ),
    Field(
        id="bought_on",
        title=Text("购车日期", "Bought on"),
        kind=Kind.DATE,
        aliases=("购买日期", "提车日期", "上牌日期", "purchase date", "date of purchase"),
        is_changeable=False,
    ),
    Field(
        id="car_status",
        title=Text("车辆状况", "Use of the car"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="in_use", title=Text("正常使用", "In use"), aliases=("在用", "常用", "经常开", "used")),
            Choice(
                id="seldom_used",
                title=Text("很少使用", "Seldom used"),
                aliases=("很少开", "不常用", "闲置", "rarely used"),
            ),
            Choice(
                id="sold",
                title=Text("已卖车", "Sold"),
                aliases=("车已卖", "已售", "卖了", "已过户", "已报废", "car sold"),
            ),
        ),
        aliases=("用车情况", "车辆状态", "车况", "car status", "car condition"),
        is_changeable=False,
    ),
    Field(
        id="is_under_warranty",
        title=Text("是否在保", "Under warranty"),
        kind=Kind.BOOLEAN,
        aliases=("在保", "质保期内", "保修期内", "是否质保", "warranty", "in warranty"),
        is_changeable=False,
    ),
)

FIELDS: Final = IDENTITY + CAR + CALL
