"""What is known of a shop: its licence, market, format, standing and its owner's circumstances."""

from __future__ import annotations

from typing import Final

from rung.sdk import Choice, Field, Kind, Text

__all__ = ["FIELDS"]

_IDENTITY: Final = (
    Field(
        id="customer_id",
        title=Text("客户编码", "Customer id"),
        kind=Kind.TEXT,
        aliases=(
            "许可证号",
            "烟草专卖零售许可证号",
            "零售许可证号",
            "专卖证号",
            "零售户编码",
            "客户编号",
            "客户代码",
            "licence no",
            "license_no",
            "retailer id",
        ),
        is_required=True,
        is_changeable=False,
    ),
    Field(
        id="customer_name",
        title=Text("店铺名称", "Shop name"),
        kind=Kind.TEXT,
        aliases=(
            "零售户名称",
            "客户名称",
            "企业字号",
            "店名",
            "商户名称",
            "shop",
            "retailer",
            "retailer name",
        ),
        is_changeable=False,
    ),
    Field(
        id="owner",
        title=Text("经营者编号", "Owner id"),
        kind=Kind.TEXT,
        aliases=("持证人编号", "法人编号", "所属连锁", "业主编号", "owner_id", "proprietor id", "chain"),
        about=Text("同一经营者名下各店共用一个编号。", "Shared by all shops of one owner, or of one chain."),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="license_holder",
        title=Text("持证人", "Licence holder"),
        kind=Kind.TEXT,
        aliases=("负责人", "经营者姓名", "法人姓名", "店主", "licensee", "holder", "proprietor"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="phone",
        title=Text("联系电话", "Phone"),
        kind=Kind.TEXT,
        aliases=("订货电话", "手机号", "手机号码", "电话", "mobile", "telephone", "phone number"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="customer_manager",
        title=Text("客户经理", "Customer manager"),
        kind=Kind.TEXT,
        aliases=("客户经理姓名", "所属客户经理", "account manager", "manager"),
        is_changeable=False,
    ),
    Field(
        id="district",
        title=Text("片区", "District"),
        kind=Kind.TEXT,
        aliases=("所属片区", "营销线", "客户服务部", "服务站", "area", "sales district"),
        is_changeable=False,
    ),
)

_MARKET: Final = (
    Field(
        id="market_type",
        title=Text("市场类型", "Market type"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="city",
                title=Text("城区", "City"),
                aliases=("城市", "市区", "城网", "县城", "城镇", "urban", "city seat"),
            ),
            Choice(
                id="township",
                title=Text("镇区", "Township seat"),
                aliases=("乡镇", "集镇", "镇上", "town", "township"),
            ),
            Choice(
                id="rural",
                title=Text("农村", "Rural"),
                aliases=("乡村", "村", "农网", "village", "countryside"),
            ),
        ),
        aliases=("市场类别", "城乡类型", "城乡分类", "区域类型", "market", "urban/rural"),
        is_changeable=False,
    ),
    Field(
        id="retail_format",
        title=Text("零售业态", "Retail format"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="mall", title=Text("商场", "Mall"), aliases=("百货商场", "商城", "department store")),
            Choice(
                id="supermarket", title=Text("超市", "Supermarket"), aliases=("连锁超市", "S", "supermarkets")
            ),
            Choice(
                id="tobacco_liquor",
                title=Text("烟酒店", "Tobacco and liquor shop"),
                aliases=("烟酒商店", "名烟名酒店", "烟酒专卖店", "Y", "tobacconist"),
            ),
            Choice(
                id="convenience",
                title=Text("便利店", "Convenience store"),
                aliases=("连锁便利店", "B", "convenience"),
            ),
            Choice(
                id="grocery",
                title=Text("食杂店", "Grocery"),
                aliases=("小卖部", "杂货店", "副食店", "Z", "grocer"),
            ),
            Choice(
                id="leisure",
                title=Text("娱乐服务类", "Leisure and service"),
                aliases=("娱乐服务", "服务娱乐类", "酒店宾馆", "F", "hotel/restaurant/café"),
            ),
            Choice(id="other", title=Text("其他", "Other"), aliases=("其它", "其他类", "Q", "others")),
        ),
        aliases=("业态", "经营业态", "业态类型", "零售业态名称", "format", "store format", "outlet type"),
        is_changeable=False,
    ),
    Field(
        id="location",
        title=Text("地理位置", "Location"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="good", title=Text("优越", "Good"), aliases=("好", "繁华", "商业中心", "prime")),
            Choice(
                id="fair", title=Text("较好", "Fairly good"), aliases=("一般", "居民区", "中等", "average")
            ),
            Choice(id="remote", title=Text("偏远", "Remote"), aliases=("偏僻", "差", "偏", "poor")),
        ),
        aliases=("地段", "位置", "商圈位置", "店铺位置", "site", "place"),
        is_changeable=False,
    ),
)

_STANDING: Final = (
    Field(
        id="scale",
        title=Text("经营规模", "Scale"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="large", title=Text("大", "Large"), aliases=("大型", "大户", "大规模", "big", "L")),
            Choice(id="medium", title=Text("中", "Medium"), aliases=("中型", "中户", "中等规模", "mid", "M")),
            Choice(id="small", title=Text("小", "Small"), aliases=("小型", "小户", "小规模", "little")),
        ),
        aliases=("规模", "店铺规模", "规模类型", "客户规模", "size", "shop size"),
    ),
    Field(
        id="brand_awareness",
        title=Text("品牌意识", "Brand awareness"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="strong", title=Text("强", "Strong"), aliases=("较强", "高", "high")),
            Choice(id="fair", title=Text("一般", "Fair"), aliases=("不强", "中", "average", "medium")),
            Choice(id="weak", title=Text("弱", "Weak"), aliases=("较弱", "差", "低", "low")),
        ),
        aliases=("品牌培育意识", "品牌培育能力", "品牌认知", "brand", "brand consciousness"),
    ),
    Field(
        id="potential",
        title=Text("发展潜力", "Potential"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(id="high", title=Text("大", "High"), aliases=("高", "较大", "有潜力", "large")),
            Choice(id="some", title=Text("一般", "Some"), aliases=("中", "有一定潜力", "medium")),
            Choice(id="low", title=Text("小", "Low"), aliases=("低", "无", "没有", "none")),
        ),
        aliases=("潜力", "成长潜力", "增长潜力", "growth", "growth potential"),
    ),
    Field(
        id="is_standard_store",
        title=Text("标准店", "Standard store"),
        kind=Kind.BOOLEAN,
        aliases=("是否标准店", "现代终端", "是否现代终端", "标准终端", "standard shop", "modern store"),
    ),
    Field(
        id="supply_tier",
        title=Text("档位", "Supply tier"),
        kind=Kind.INTEGER,
        aliases=("客户档位", "投放档位", "供货档位", "货源档位", "tier", "allocation tier"),
        low=1,
        high=30,
        about=Text("货源投放所依的档位，30档最高。", "The tier supply is allocated by; 30 is the highest."),
    ),
    Field(
        id="floor_area",
        title=Text("营业面积", "Floor area"),
        kind=Kind.NUMBER,
        unit="m²",
        decimals=1,
        aliases=("经营面积", "店铺面积", "面积", "营业面积(㎡)", "area m2", "sales area"),
        low=0,
        is_changeable=False,
    ),
    Field(
        id="opened_on",
        title=Text("开业日期", "Opened on"),
        kind=Kind.DATE,
        aliases=("入网日期", "开业时间", "发证日期", "licensed on", "opening date"),
        is_changeable=False,
    ),
)

_CIRCUMSTANCES: Final = (
    Field(
        id="is_hardship",
        title=Text("困难群体", "In hardship"),
        kind=Kind.BOOLEAN,
        aliases=("是否困难群体", "困难户", "是否困难户", "特殊群体", "hardship", "needs care"),
        is_changeable=False,
        is_sensitive=True,
    ),
    Field(
        id="hardship_kind",
        title=Text("困难类型", "Kind of hardship"),
        kind=Kind.CATEGORY,
        choices=(
            Choice(
                id="old", title=Text("老", "Old"), aliases=("年老", "高龄", "孤寡老人", "elderly", "aged")
            ),
            Choice(id="weak", title=Text("弱", "Weak"), aliases=("体弱", "弱势", "frail", "infirm")),
            Choice(id="ill", title=Text("病", "Ill"), aliases=("患病", "重病", "大病", "sick", "illness")),
            Choice(
                id="disabled",
                title=Text("残", "Disabled"),
                aliases=("残疾", "残障", "残疾人", "disability"),
            ),
            Choice(id="none", title=Text("无", "None"), aliases=("否", "正常", "不困难", "no")),
        ),
        aliases=("困难原因", "困难类别", "特殊群体类型", "hardship reason", "hardship type"),
        is_changeable=False,
        is_sensitive=True,
    ),
)

FIELDS: Final = (*_IDENTITY, *_MARKET, *_STANDING, *_CIRCUMSTANCES)
