"""The table of the monthly report: every figure once, each with its words."""

from toshima_cli.domain import figures as f

FIGURES = [figure for block in f.BLOCKS for figure in block.figures]


def test_every_key_stands_once() -> None:
    keys = [figure.key for figure in FIGURES]
    assert len(keys) == len(set(keys))


def test_every_figure_has_its_words_and_no_words_are_left_over() -> None:
    assert list(f.HOW) == [figure.key for figure in FIGURES]


def test_every_way_of_counting_has_its_sign() -> None:
    assert set(f.SIGNS) == {figure.counts for figure in FIGURES} == set(f.Counts)


def test_days_of_a_setting_stand_in_label_and_words_alike() -> None:
    with_days = {figure.key for figure in FIGURES if "{days}" in figure.label.text}
    assert with_days == {key for key, how in f.HOW.items() if "{days}" in how.text} == set(f.DAYS)


def test_figures_that_share_a_list_are_told_apart_by_their_codes() -> None:
    asked = [(figure.query, figure.codes, figure.each, figure.at_start) for figure in FIGURES]
    assert len(asked) == len(set(asked))
