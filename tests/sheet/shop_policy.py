"""A small policy of a shop and its customers, for sheets."""

POLICY = """
schema = 1
id = "shop.tiers"
version = "1"
title = { zh = "店铺等级", en = "Shop tiers" }
grades = ["A", "B", "C"]

[fields.spent]
title = { zh = "消费", en = "Spent" }
kind = "money"
[fields.late]
title = { zh = "逾期", en = "Days late" }
kind = "integer"
[fields.prospects]
title = { zh = "前景", en = "Prospects" }
kind = "category"
choices = { good = ["good"], poor = ["poor"] }

[grading]
mode = "score"
cutoffs = { A = 80, B = 40 }
basis = "stated"

[[criteria]]
id = "spent"
title = { zh = "消费", en = "Spent" }
measure = "spent"
weight = 2
basis = "assumed"
because = { zh = "原文未给金额", en = "the source gives no amounts" }
reason = { zh = "消费太少", en = "Too little spent" }
bands = [
    { when = ">= 1_000", points = 100 },
    { when = "[100..1_000)", points = 60 },
    { when = "< 100", points = 0 },
]

[[criteria]]
id = "late"
title = { zh = "逾期", en = "Days late" }
measure = "late"
missing = "worst"
basis = "stated"
bands = [{ when = "0", points = 100 }, { when = "not(0)", points = 10 }]

[[criteria]]
id = "prospects"
title = { zh = "前景", en = "Prospects" }
measure = "prospects"
missing = "drop"
basis = "stated"
levels = [
    { level = "good", title = { zh = "好", en = "Good" }, describes = "orders grow", points = 100 },
    { level = "poor", title = { zh = "差", en = "Poor" }, describes = "orders fall", points = 0 },
]

[[gates]]
id = "very_late"
when = { late = "> 90" }
at_most = "C"
missing = "skip"
basis = "stated"
reason = { zh = "逾期太久", en = "Far too late" }

[[flags]]
id = "big"
title = { zh = "大客户", en = "Big" }
when = { spent = ">= 5_000" }
basis = "stated"

[roles]
keeper = { zh = "店长", en = "Keeper" }

[service.A]
contact = { every = "7d", by = "keeper" }
[service.B]
contact = { every = "30d", by = "keeper" }
"""

CUSTOMERS = """customer_id,customer_name,spent,late,prospects
C1,甲公司,6000,0,good
C2,乙公司,500,3,
C3,丙公司,50,120,poor
C4,丁公司,,0,good
"""
