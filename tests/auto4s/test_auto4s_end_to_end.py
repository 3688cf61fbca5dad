"""Tables as a shop keeps them, graded by the command: windows, owners' cars, and the whole sample."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import polars as pl
import pytest

from rung.cli import run
from rung_auto4s.sample import sample

AS_OF: Final = "2026-06-30"


def _graded(folder: Path, policy: str, *events: str) -> pl.DataFrame:
    tables = [f"--events={name}={folder / name}.csv" for name in events]
    out = folder / "out.csv"
    source = str(folder / "customers.csv")
    assert run(["grade", source, "--policy", policy, *tables, "--as-of", AS_OF, "--out", str(out)]) == 0
    return pl.read_csv(out, infer_schema=False).fill_null("")


def _table(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.csv").write_text("\n".join(line.strip() for line in text.strip().splitlines()) + "\n")


def test_visits_count_from_the_day_after_twelve_months_ago(tmp_path: Path) -> None:
    _table(tmp_path, "customers", "客户编号,客户名称\n甲,张伟\n乙,李娜\n丙,王芳\n丁,赵敏\n戊,钱强")
    _table(
        tmp_path,
        "visits",
        """客户编号,进店日期,业务类别,消费金额,是否优惠来店
        甲,2026-06-30,售后,"6,000",否
        甲,2026-04-20,销售,3000元,否
        甲,2026年2月10日,活动,５００,是
        甲,2025/7/1,售后,500,否
        乙,2026-06-30,售后,6000,否
        乙,2026-04-20,销售,3000,否
        乙,2026-02-10,活动,500,是
        乙,2025-06-30,售后,500,否
        丙,2025-06-30,售后,88000,否
        丁,2026-06-30,售后,60,是
        丁,2026-07-01,售后,90000,否""",
    )
    rows = _graded(tmp_path, "auto4s.after-sales", "visits")
    assert dict(zip(rows["customer_id"], rows["model_grade"], strict=True)) == {
        "甲": "A",
        "乙": "B",
        "丙": "D",
        "丁": "C",
        "戊": "D",
    }


def test_an_owner_s_cars_are_counted_together_each_plate_once(tmp_path: Path) -> None:
    _table(
        tmp_path,
        "customers",
        """客户编号,客户名称,车主编号,电话结果
        甲,顺通物流一部,W1,已接通
        乙,顺通物流二部,W1,空号
        丙,宏达装饰,W2,已接通
        丁,宏达装饰,W2,已接通
        戊,张伟,,已接通
        己,李娜,,已接通""",
    )
    _table(
        tmp_path,
        "vehicles",
        """客户编号,登记日期,车牌号
        甲,2020-01-01,苏E10001
        甲,2021-01-01,苏E10002
        乙,2022-01-01,苏E10003
        丙,2020-01-01,苏E20001
        丙,2021-01-01,苏E20002
        丁,2021-01-01,苏E20002
        戊,2020-01-01,苏E30001
        戊,2020-01-01,苏E30002
        戊,2020-01-01,苏E30003
        己,2020-01-01,苏E40001
        己,2020-01-01,苏E40002""",
    )
    rows = _graded(tmp_path, "auto4s.call-list", "vehicles")
    assert dict(zip(rows["customer_id"], rows["flags"], strict=True)) == {
        "甲": "J",
        "乙": "J",
        "丙": "",
        "丁": "",
        "戊": "J",
        "己": "",
    }


def test_a_list_with_a_row_for_each_car_needs_no_table_of_vehicles(tmp_path: Path) -> None:
    _table(
        tmp_path,
        "customers",
        """编号,车主,所属单位,车牌,接通情况
        1,顺通物流,W1,苏E10001,接通
        2,顺通物流,W1,苏E10002,无人接听
        3,顺通物流,W1,苏E10003,空号
        4,宏达装饰,W2,苏E20001,接通
        5,宏达装饰,W2,苏E20002,接通""",
    )
    rows = _graded(tmp_path, "auto4s.call-list")
    assert rows["flags"].to_list() == ["J", "J", "J", "", ""]
    assert rows["model_grade"].to_list() == ["C", "D", "E", "C", "C"]


def test_a_call_sheet_alone_is_graded_blanks_and_all(tmp_path: Path) -> None:
    _table(
        tmp_path,
        "customers",
        """客户编号,车主姓名,电话状态,认可度,目前需求,来店意向,在保,储值情况,距离(km),难沟通,朋友开店,信赖4S店
        1,张伟,接通,认可,有,近期会来,,,,,,
        2,李娜,接通,认可,暂无,,,,,,,
        3,王芳,接通,了解,,,是,,,,,
        4,赵敏,接通,,,,,4S店,,,,
        5,钱强,接通,,,,,,30,,,
        6,孙丽,关机,,,,,,29.9,,,
        7,周杰,接通,,,不来,,,,,,√
        8,吴勇,接通,,,,,,,,是,
        9,郑涛,销号,认可,有,近期,,,,,,
        10,冯刚,,,,,,无,,,,""",
    )
    rows = _graded(tmp_path, "auto4s.call-list")
    assert list(zip(rows["model_grade"], rows["reasons"], rows["not_graded"], strict=True)) == [
        ("A", "rule:a_coming_soon", ""),
        ("B", "rule:b_no_need_now", ""),
        ("C", "rule:c_warranty", ""),
        ("C", "rule:c_prepaid", ""),
        ("C", "rule:c_far", ""),
        ("D", "rule:d_unreached", ""),
        ("D", "rule:d_refused", ""),
        ("D", "rule:d_friend_with_shop", ""),
        ("E", "rule:e_dead_number", ""),
        ("", "", "no_rule"),
    ]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("auto4s")
    made = sample(200, 5)
    made.customers.write_csv(folder / "customers.csv")
    for name, table in made.events.items():
        table.write_csv(folder / f"{name}.csv")
    return folder


def test_two_hundred_sampled_customers_meet_every_rule_of_the_call_list(sampled: Path) -> None:
    rows = _graded(sampled, "auto4s.call-list", "visits", "contacts", "promotions", "complaints", "vehicles")
    assert set(rows["model_grade"]) == {"A", "B", "C", "D", "E", ""}
    assert set(rows["flags"]) == {"J", ""}
    assert set(rows["not_graded"]) == {"no_rule", ""}
    assert set(rows["reasons"]) - {""} == {
        "rule:a_coming_soon",
        "rule:b_no_need_now",
        "rule:c_hard_to_talk_to",
        "rule:c_warranty",
        "rule:c_seldom_used",
        "rule:c_person_not_reached",
        "rule:c_seldom_in_town",
        "rule:c_far",
        "rule:c_prepaid",
        "rule:c_other",
        "rule:d_unreached",
        "rule:d_to_verify",
        "rule:d_friend_with_shop",
        "rule:d_refused",
        "rule:d_refused_otherwise",
        "rule:e_car_sold",
        "rule:e_wrong_data",
        "rule:e_never_in_town",
        "rule:e_dead_number",
    }


def test_two_hundred_sampled_customers_meet_every_rule_of_after_sales(sampled: Path) -> None:
    rows = _graded(sampled, "auto4s.after-sales", "visits")
    rules = {"rule:a_loyal", "rule:b_steady", "rule:c_promotion", "rule:c_irregular", "rule:d_hardly"}
    assert set(rows["reasons"]) - {""} == rules
    assert set(rows["model_grade"]) - {""} == {"A", "B", "C", "D"}
