from cop.figures.rules.drawing import (
    FOOT,
    HEAD,
    PLOT,
    Group,
    Point,
    Under,
    Value,
    bars,
    columns,
    curve,
    named,
    round_top,
)

DAY = Under(("14", "Jan"), "2037")


def many(number: int) -> list[Under]:
    return [Under((str(at % 12 + 1),), str(2036 + at // 12)) for at in range(number)]


def test_a_column_is_an_outline_of_the_whole_with_the_part_filled() -> None:
    (one, two) = columns([Value(under=DAY, whole=40, part=30), Value(under=DAY, whole=20)]).columns
    assert (one.whole_y, one.whole_height, one.part_y, one.part_height) == ("20", "168", "62", "126")
    assert (one.whole_label, one.part_label) == ("40", "30")
    assert (two.whole_height, two.part_height, two.part_label) == ("84", "0", "")


def test_one_meeting_alone_is_a_column_and_not_a_wall() -> None:
    (one,) = columns([Value(under=DAY, whole=1, part=1)]).columns
    assert (one.middle, one.left, one.width, one.name) == ("8.33%", "3.33%", "10%", ("14", "Jan", "2037"))


def test_many_columns_have_a_scale_and_no_numbers_on_them() -> None:
    drawn = columns([Value(under=one, whole=110, part=3) for one in many(16)])
    assert [(line.y, line.label) for line in drawn.scale] == [("188", "0"), ("104", "100"), ("20", "200")]
    assert {(one.whole_label, one.part_label) for one in drawn.columns} == {("", "")}
    assert (drawn.foot, drawn.height) == (str(HEAD + PLOT), str(HEAD + PLOT + FOOT))


def test_nothing_is_drawn_outside_the_picture() -> None:
    for number in (1, 2, 13, 14, 40):
        drawn = columns([Value(under=one, whole=at + 1) for at, one in enumerate(many(number))])
        edges = [(float(one.left[:-1]), float(one.left[:-1]) + float(one.width[:-1])) for one in drawn.columns]
        assert min(left for left, _right in edges) >= 0
        assert max(right for _left, right in edges) <= 100
        assert all(float(one.whole_y) >= HEAD for one in drawn.columns)


def test_meetings_without_people_are_drawn_flat() -> None:
    (one,) = columns([Value(under=DAY, whole=0)]).columns
    assert (one.whole_height, one.whole_label) == ("0", "0")


def test_each_year_is_written_once_and_beside_no_other() -> None:
    assert named([Under(("12",), "2036"), Under(("1",), "2037"), Under(("2",), "2037")]) == [
        ("12",),
        ("1", "2037"),
        ("2",),
    ]
    assert named([Under((), "2036"), Under((), "2037")]) == [("2036",), ("2037",)]


def test_of_many_only_some_are_named() -> None:
    assert [at for at, lines in enumerate(named(many(30))) if lines] == list(range(0, 30, 3))


def test_a_line_is_broken_where_a_value_is_not_known() -> None:
    values = [Point(under=DAY, value=value) for value in (1.0, 5.0, None, 3.0, 4.0)]
    drawn = curve(values, bottom=1, top=5, steps=4)
    assert [dot.y for dot in drawn.dots] == ["188", "20", "", "104", "62"]
    assert [dot.label for dot in drawn.dots] == ["1", "5", "", "3", "4"]
    assert [(one.y1, one.y2) for one in drawn.stretches] == [("188", "20"), ("104", "62")]
    assert [line.label for line in drawn.scale] == ["1", "2", "3", "4", "5"]


def test_of_a_long_line_the_last_number_is_written() -> None:
    drawn = curve([Point(under=one, value=7.5) for one in many(20)], bottom=0, top=10, steps=2)
    assert [dot.label for dot in drawn.dots] == [""] * 19 + ["7.5"]


def test_bars_are_measured_by_the_longest_and_hidden_ones_have_none() -> None:
    drawn = bars(
        [
            Group(name="Public sector", said="40", whole=40, part=10),
            Group(name="Academia", said="not shown", whole=None, part=None),
            Group(name="Civil society", said="20", whole=20, part=None),
        ]
    )
    assert [(bar.whole, bar.part) for bar in drawn.bars] == [("100%", "25%"), ("", ""), ("50%", "")]
    assert drawn.height == "138"


def test_a_scale_ends_at_a_round_number_whose_half_is_whole() -> None:
    assert [round_top(highest) for highest in (0, 2, 3, 7, 9, 41, 110, 999)] == [2, 2, 4, 8, 10, 60, 200, 1000]
