"""A policy laid over another changes what it writes and keeps the rest; each value knows who wrote it."""

from __future__ import annotations

from decimal import Decimal
from time import process_time

import pytest
from layered import BASE, HEAD, bases, library, loaded, told

from rung.policy.reader import parse_policy
from rung.policy.sources import SourceText


def over(text: str):
    return loaded(HEAD + text).policy


def ids(parts) -> list[str]:
    return [part.id for part in parts]


def test_what_a_layer_does_not_write_is_taken_from_below():
    policy = over("")
    assert (policy.id, policy.version, policy.extends) == ("my.shop", "7", "shop.base")
    assert policy.title.en == "Base"
    assert policy.grading.cutoffs == {"A": 80, "B": 50}
    assert ids(policy.criteria) == ["spend", "trust"]
    assert policy.gates[0].reason.en == "Late in Oz"


def test_no_layer_inherits_tests_nor_the_days_another_holds():
    policy = over("")
    assert policy.tests == ()
    assert policy.effective_from is None


def test_tables_merge_key_by_key():
    policy = over("[grading]\ncutoffs = { A = 90 }\n[service.A.contact]\nevery = '14d'\n")
    assert policy.grading.cutoffs == {"A": 90, "B": 50}
    assert (str(policy.service["A"].contact[0].every), policy.service["A"].contact[0].by) == ("14d", "keeper")


def test_a_condition_changes_cell_by_cell():
    changed = over('[[gates]]\nid = "late"\nwhen = { days = "> 60", spend = { remove = true } }\n')
    alone = loaded(BASE.replace('> 90", spend = "< 5"', '> 60"'))
    assert changed.gates[0].when == alone.policy.gates[0].when


def test_a_key_that_is_wanted_is_missed_where_it_was_taken_out():
    assert told(HEAD + "[[gates]]\nid = 'late'\nwhen = { remove = true }\n") == [
        'it:6 [gates[0].when]: “when” is missing. It takes a condition, such as { days_past_due = "> 90" }.'
    ]


def test_a_title_is_the_layers_own_as_a_whole():
    assert over('title = "Mine"').title.zh == "Mine"


def test_named_lists_merge_by_id_and_new_members_go_to_the_end():
    policy = over(
        '[[gates]]\nid = "new"\nwhen = { days = "> 5" }\nset = "B"\nreason = "New"\n'
        '[[gates]]\nid = "late"\nreason = "Late"\n'
    )
    assert ids(policy.gates) == ["late", "gone", "new"]
    assert policy.gates[0].reason.en == "Late"
    assert policy.gates[0].at_most == "C"


def test_outcomes_merge_by_id_and_a_fact_can_be_taken_out():
    below = over(
        '[[outcomes]]\nid = "gone"\ntitle = "Gone"\nkey = "g"\nfacts = { spend = 0, days = 1 }\n'
        '[[outcomes]]\nid = "busy"\ntitle = "Busy"\nkey = "b"\n'
    )
    assert [each.key for each in below.outcomes] == ["g", "b"]
    text = (
        'id = "my.top"\nversion = "1"\nextends = "my.shop"\n'
        '[[outcomes]]\nid = "busy"\nremove = true\n'
        '[[outcomes]]\nid = "gone"\nkey = "h"\nfacts = { days = { remove = true } }\n'
        '[[outcomes]]\nid = "new"\ntitle = "New"\nkey = "n"\nbefore = "gone"\n'
    )
    shop = (
        HEAD + '[[outcomes]]\nid = "gone"\ntitle = "Gone"\nkey = "g"\nfacts = { spend = 0, days = 1 }\n'
        '[[outcomes]]\nid = "busy"\ntitle = "Busy"\nkey = "b"\n'
    )
    policy = loaded(text, my_shop=shop).policy
    assert [(each.id, each.key, each.title.en) for each in policy.outcomes] == [
        ("new", "n", "New"),
        ("gone", "h", "Gone"),
    ]
    assert policy.outcomes[1].facts == {"spend": 0}


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ({"n": 'before = "late"'}, ["n", "late", "gone"]),
        ({"n": 'after = "late"'}, ["late", "n", "gone"]),
        ({"n": 'after = "late"', "m": 'after = "late"'}, ["late", "n", "m", "gone"]),
        ({"n": 'before = "late"', "m": 'before = "late"'}, ["n", "m", "late", "gone"]),
        ({"n": 'after = "m"', "m": 'before = "late"'}, ["m", "n", "late", "gone"]),
        ({"late": 'after = "gone"'}, ["gone", "late"]),
    ],
)
def test_members_go_where_a_layer_puts_them(places, order):
    new = 'when = { days = "> 5" }\nset = "B"\nreason = "New"\n'
    text = "".join(
        f'[[gates]]\nid = "{name}"\n{place}\n{"" if name == "late" else new}'
        for name, place in places.items()
    )
    assert ids(over(text).gates) == order


def test_remove_takes_a_member_or_a_key_out():
    policy = over(
        "[grading.cutoffs]\nB = { remove = true }\n[service.A]\nremove = true\n"
        '[[gates]]\nid = "gone"\nremove = true\n[[criteria]]\nid = "trust"\nremove = true\n'
    )
    assert policy.grading.cutoffs == {"A": 80}
    assert set(policy.service) == {"B"}
    assert (ids(policy.gates), ids(policy.criteria)) == (["late"], ["spend"])


def test_a_whole_list_can_be_taken_out():
    assert over("gates = { remove = true }").gates == ()


def test_promises_with_ids_merge_and_without_are_replaced():
    policy = over(
        '[service.A]\ncontact = [{ every = "30d" }]\n[[service.B.benefit]]\nid = "gift"\ntext = "Book"\n'
    )
    assert [(str(each.every), each.by) for each in policy.service["A"].contact] == [("30d", None)]
    assert [(each.id, each.text.en) for each in policy.service["B"].benefit] == [
        ("card", "Card"),
        ("gift", "Book"),
    ]


def test_a_promise_of_another_id_is_another_promise():
    policy = over('[service.A]\ncontact = { id = "call", every = "2d" }')
    assert [(each.id, each.by) for each in policy.service["A"].contact] == [("call", None)]


def test_a_criterion_of_a_library_is_changed_by_its_name_and_a_level_by_its_own():
    policy = over(
        '[[criteria]]\nid = "spend"\nweight = 70\ntitle = { en = "Sales" }\n'
        '[[criteria]]\nid = "trust"\n[[criteria.levels]]\nlevel = "poor"\npoints = 20\n'
        '[[criteria.levels]]\nlevel = "fair"\ntitle = "Fair"\ndescribes = "late"\npoints = 50\n'
        'before = "poor"\n'
    )
    spend, trust = policy.criteria
    assert (spend.weight, spend.title.zh, spend.title.en) == (70, "消费额", "Sales")
    assert [(each.level, each.points) for each in trust.levels] == [("good", 100), ("fair", 50), ("poor", 20)]


def test_bands_are_replaced_whole_and_take_the_place_of_levels():
    policy = over('[[criteria]]\nid = "trust"\nbands = [{ when = "-", points = 1 }]')
    assert (len(policy.criteria[1].bands), policy.criteria[1].levels) == (1, ())


def test_another_effect_of_a_gate_takes_the_place_of_its_own():
    gate = over('[[gates]]\nid = "late"\nset = "B"').gates[0]
    assert (gate.at_most, gate.set) == (None, "B")


def test_another_mode_replaces_the_grading_whole():
    policy = over('criteria = { remove = true }\n[grading]\nmode = "rules"\notherwise = "C"\n')
    assert (policy.grading.mode, policy.grading.otherwise) == ("rules", "C")


def test_a_parameter_set_above_fills_the_texts_below():
    assert over('[parameters]\ntown = { value = "Xi" }').gates[0].reason.en == "Late in Xi"


def test_three_layers_lie_over_one_another():
    org = 'id = "my.org"\nversion = "1"\nextends = "shop.base"\n[grading]\ncutoffs = { A = 85, B = 55 }\n'
    branch = 'id = "my.branch"\nversion = "1"\nextends = "my.org"\n[grading]\ncutoffs = { A = 88 }\n'
    found = loaded(branch, my_org=org)
    assert found.policy.grading.cutoffs == {"A": 88, "B": 55}
    assert [layer.id for layer in found.sources.layers] == ["shop.base", "my.org"]
    cutoff = found.sources.overrode["grading", "cutoffs", "A"]
    assert [(str(old.origin.place()), old.value) for old in cutoff] == [
        ("shop.base.toml:9 [grading.cutoffs.A]", 80),
        ("my.org.toml:5 [grading.cutoffs.A]", 85),
    ]


class TestPlaces:
    @pytest.mark.parametrize(
        ("key", "place"),
        [
            (("title", "en"), "shop.base.toml:3 [title.en]"),
            (("grading", "cutoffs", "A"), "it:5 [grading.cutoffs.A]"),
            (("grading", "cutoffs", "B"), "shop.base.toml:9 [grading.cutoffs.B]"),
            (("criteria", 0, "weight"), "it:8 [criteria[0].weight]"),
            (("criteria", 0, "measure"), "lib.toml:3 [spend.measure]"),
            (("gates", 0, "reason"), "it:11 [gates[0].reason]"),
            (("gates", 1, "when", "days"), "shop.base.toml:22 [gates[0].when.days]"),
        ],
    )
    def test_every_key_is_placed_in_the_file_that_wrote_it(self, key, place):
        text = (
            HEAD + "[grading]\ncutoffs = { A = 90 }\n[[criteria]]\nid = 'spend'\nweight = 70\n"
            "[[gates]]\nid = 'new'\nreason = 'x'\nwhen = {}\nset = 'B'\nbefore = 'late'\n"
        ).replace("when = {}", "when = { days = '> 1' }")
        assert str(loaded(text).sources.place(key)) == place

    def test_a_fault_below_is_told_where_it_stands(self):
        text = HEAD + "[service.A]\nreview = {}\n"
        assert told(text, shop_base=BASE.replace('every = "7d"', 'every = "7x"')) == [
            "shop.base.toml:31 [service.A.contact.every]: “7x” is no duration. "
            "Write a count of 1 or more and a unit: 24h, 7d, 2w, 12mo or 1y."
        ]

    def test_a_cell_behind_joins_is_placed_in_the_layer_that_wrote_the_join(self):
        text = HEAD + '[[gates]]\nid = "late"\n[gates.when]\nany = [{ mood = "x" }, { days = "< 1" }]\n'
        sources = loaded(text).sources
        assert str(sources.place(("gates", 0, "when", "mood"))) == "it:7 [gates[0].when.any.mood]"
        assert sources.place(("gates", 0, "when", "spend")).file == "shop.base.toml"

    def test_the_same_value_written_again_overrides_the_one_below(self):
        found = loaded(HEAD + "[grading]\ncutoffs = { A = 80 }\n")
        assert found.sources.place(("grading", "cutoffs", "A")).file == "it"
        assert found.sources.overrode["grading", "cutoffs", "A"][0].value == Decimal(80)

    def test_what_a_library_brings_and_a_policy_writes_itself_is_overridden(self):
        found = loaded(BASE)
        assert [str(old.origin.place()) for old in found.sources.overrode["criteria", 0, "weight"]] == [
            "lib.toml:4 [spend.weight]"
        ]

    def test_what_was_taken_out_is_kept_with_both_places(self):
        (gone,) = loaded(HEAD + "[[gates]]\nid = 'gone'\nremove = true\n").sources.removed
        assert (gone.what.value["id"], gone.what.origin.place().line, gone.by.place().line) == ("gone", 25, 4)


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            ("colour = 3", "it:4 [colour]: There is no key “colour” here."),
            (
                "gradng = { mode = 'score' }",
                "it:4 [gradng]: There is no key “gradng” here. Did you mean “grading”?",
            ),
            (
                "[[gates]]\nid = 'lat'\nremove = true",
                "it:5 [gates[0].id]: There is no “lat” to take out. Did you mean “late”?",
            ),
            (
                "[grading.cutoffs]\nC = { remove = true }",
                "it:5 [grading.cutoffs.C]: There is no “C” to take out. Known: A, B.",
            ),
            (
                "[[gates]]\nid = 'late'\nremove = true\nset = 'B'",
                "it:6 [gates[0].remove]: What is taken out has no other keys; here is set.",
            ),
            (
                "[service.A]\nremove = true\nstated = false",
                "it:5 [service.A.remove]: What is taken out has no other keys; here is stated.",
            ),
            ("[[gates]]\nremove = true", "it:5 [gates[0].remove]: It is not said what to take out."),
            (
                "[[gates]]\nid = 'late'\nbefore = 'gon'",
                "it:6 [gates[0].before]: There is no “gon” to stand beside. Did you mean “gone”?",
            ),
            (
                "[[gates]]\nid = 'late'\nafter = 'gone'\n[[gates]]\nid = 'gone'\nremove = true",
                "it:6 [gates[0].after]: “gone” is taken out in this layer.",
            ),
            (
                "[[gates]]\nid = 'late'\nafter = 'gone'\nbefore = 'gone'",
                "it:6 [gates[0].after]: It cannot stand both before one and after another.",
            ),
            (
                "[[gates]]\nid = 'late'\nafter = 'gone'\n[[gates]]\nid = 'gone'\nafter = 'late'",
                "it:6 [gates[0].after]: The places asked for hang on each other.",
            ),
            ("[[gates]]\nid = 'late'\nafter = 'late'", "it:6 [gates[0].after]: The places asked for hang on"),
            (
                "[[gates]]\nid = 'late'\n[[gates]]\nid = 'late'",
                "it:7 [gates[1].id]: “late” stands twice in this layer.",
            ),
            ("gates = []", "it:4 [gates]: An empty list takes nothing out of “gates”."),
            (
                "[[gates]]\nid = 'late'\nst = 'B'",
                "it:6 [gates[0].st]: There is no key “st” here. Did you mean “set”?",
            ),
            (
                "[meaning.A]\ntitle = { remove = true }",
                "it:5 [meaning.A.title]: There is no “title” to take out.",
            ),
            ("[[flags]]\nid = 'x'\nremove = true", "it:5 [flags[0].id]: There is no “x” to take out."),
        ],
    )
    def test_a_mistake_is_told_with_place_and_remedy(self, text, problem):
        assert any(each.startswith(problem) for each in told(HEAD + text)), told(HEAD + text)

    def test_every_mistake_is_told_at_once(self):
        text = (
            HEAD + "[[gates]]\nid = 'x'\nremove = true\n[service.A]\nreview = { every = '1x' }\ncolour = 2\n"
        )
        assert [each.partition(": ")[0] for each in told(text)] == [
            "it:5 [gates[0].id]",
            "it:8 [service.A.review.every]",
            "it:9 [service.A.colour]",
        ]

    def test_an_unknown_base_is_told_and_what_lacks_it_is_not(self):
        text = 'id = "my.shop"\nversion = "1"\nextends = "shop.bse"\n[[gates]]\nid = "late"\nhrd = true\n'
        assert [each.removesuffix(".").partition(". ")[0] for each in told(text)] == [
            "it:3 [extends]: There is no policy “shop.bse”",
            "it:6 [gates[0].hrd]: There is no key “hrd” here",
        ]

    def test_a_base_that_is_no_toml_is_told_in_its_own_file(self):
        (problem,) = told(HEAD, shop_base="id = ")
        assert problem.startswith("shop.base.toml:1: Not TOML")

    def test_a_circle_is_told_with_all_it_goes_through(self):
        below = {"a_b": 'id = "a.b"\nextends = "a.c"\n', "a_c": 'id = "a.c"\nextends = "my.shop"\n'}
        (problem, *_rest) = told('id = "my.shop"\nversion = "1"\nextends = "a.b"\n', **below)
        assert problem.startswith("a.c.toml:2 [extends]: The layers go round in a circle: ")
        assert "my.shop → a.b → a.c → my.shop" in problem

    def test_a_policy_over_itself_is_a_circle(self):
        assert "my.shop → my.shop" in told('id = "my.shop"\nversion = "1"\nextends = "my.shop"\n')[0]

    def test_what_only_a_layer_may_write_is_refused_in_a_policy_that_stands_alone(self):
        text = BASE.replace('id = "gone"', 'id = "gone"\nbefore = "late"')
        assert told(text) == [
            "it:27 [gates[1].before]: There is no key “before” here. "
            "Known: basis, because, id, when, at_most, at_least, set, hard, missing, reason."
        ]


def test_a_policy_of_ten_thousand_rules_is_walked_once_for_all_its_problems():
    """The line of a key costs no walk of its own: ten thousand problems are placed in seconds, not hours."""
    rules = "".join(
        f'[[rules]]\nid = "r{number}"\ngrad = "A"\nwhen = {{ spend = "{number}" }}\nreason = "R"\n'
        for number in range(3000)
    )
    head = 'id = "a.b"\nversion = "1"\ntitle = "T"\ngrades = ["A"]\n[grading]\nmode = "rules"\n'
    problems = told(head + rules)
    assert len(problems) == 3000
    assert problems[2999].startswith("it:15004 [rules[2999].grad]: There is no key “grad” here.")


@pytest.mark.slow
def test_a_policy_of_ten_thousand_rules_loads_in_two_seconds():
    """Of processor time, so that what else the machine does costs nothing here."""
    rules = "".join(
        f'[[rules]]\nid = "r{number}"\ngrade = "A"\nreason = "R"\n'
        f'when = {{ spend = "{number}", days = "< 9" }}\n'
        for number in range(10_000)
    )
    head = 'id = "a.b"\nversion = "1"\ntitle = "T"\ngrades = ["A"]\n[grading]\nmode = "rules"\n'
    begun = process_time()
    assert len(parse_policy(head + rules, "it").policy.rules) == 10_000
    assert process_time() - begun < 2


def test_the_texts_of_all_layers_are_kept_for_the_run():
    found = parse_policy(HEAD, "it", library, bases())
    assert found.sources.layers == (SourceText("shop.base.toml", BASE, "shop.base"),)
    assert [each.id for each in found.sources.libraries] == ["shop"]
