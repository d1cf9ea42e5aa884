"""SPEC 9.7: a report tells of lines, as many as a person may want to read."""

from domain.gedcom_remarks import MOST_REMARKS, Remark, Remarks, quoted


def test_remarks_are_told_in_the_order_of_the_file_and_of_one_line_as_they_came() -> None:
    remarks = Remarks()
    for line, text in ((3, "b"), (1, "x"), (3, "a")):
        remarks.tell(line, text)
    assert (remarks.kept, remarks.more) == ((Remark(1, "x"), Remark(3, "b"), Remark(3, "a")), 0)


def test_the_first_1000_lines_are_kept_and_the_rest_is_counted() -> None:
    remarks = Remarks()
    for line in (*range(2, 1_500, 2), *range(1, 1_500, 2)):
        remarks.tell(line, "broken")
    assert remarks.kept == tuple(Remark(line, "broken") for line in range(1, MOST_REMARKS + 1))
    assert remarks.more == 1_499 - MOST_REMARKS


def test_words_of_the_file_stand_in_quotes_and_are_cut_where_they_are_long() -> None:
    assert (quoted("in May"), quoted("x" * 61)) == ('"in May"', f'"{"x" * 60}..."')
