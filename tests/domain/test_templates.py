"""Campaign texts: named fields only, mistakes found where they stand, and nobody gets a text with a hole in it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import BadInput
from app.domain.templates import LONGEST, Hole, Template, TextRefused, TextTooLong, ValueMissing

FIELDS = ("first_name", "city", "code")


def refused(text: str) -> TextRefused:
    with pytest.raises(TextRefused) as raised:
        Template.parse(text, FIELDS)
    assert isinstance(raised.value, BadInput)
    return raised.value


def test_fields_are_filled_in() -> None:
    text = Template.parse("Hoi {{ first_name }}, tot in {{city | upcase}}!", FIELDS)
    assert text.fields == text.required == {"first_name", "city"}
    assert text.render({"first_name": " Noor ", "city": "Delft", "code": "X"}) == "Hoi Noor, tot in DELFT!"


def test_a_field_with_a_default_needs_no_value() -> None:
    text = Template.parse('Hoi {{ first_name | default: "klant" | capitalize }}', FIELDS)
    assert (text.fields, text.required) == ({"first_name"}, frozenset())
    assert text.render({}) == text.render({"first_name": "  "}) == "Hoi Klant"
    assert text.render({"first_name": "noor"}) == "Hoi Noor"


def test_a_field_needs_a_value_when_one_of_its_places_has_no_default() -> None:
    text = Template.parse('{{ city | default: "hier" }} {{ city }}', FIELDS)
    assert text.required == {"city"}


@pytest.mark.parametrize(
    "text",
    [
        "{{ city | upcase | default: 'x' }}",
        "{{ code | default: city }}",
        "{% if code %}{{ city }}{% endif %}",
    ],
)
def test_a_default_counts_only_where_it_stands_first_and_has_a_value_itself(text: str) -> None:
    assert Template.parse(text, FIELDS).required == {"city"}


@pytest.mark.parametrize("value", [None, "", " \n"])
def test_a_missing_value_without_default_is_refused_by_name(value: str | None) -> None:
    text = Template.parse("{{ first_name }} {{ city }}", FIELDS)
    given_fields = {"city": "Delft"} | ({} if value is None else {"first_name": value})
    assert text.missing(given_fields) == (Hole(1, 4, "first_name"),)
    with pytest.raises(
        ValueMissing, match=r"line 1, column 4: .* field first_name; give it one, or a default"
    ) as raised:
        text.render(given_fields)
    assert raised.value.holes == (Hole(1, 4, "first_name"),)


def test_what_lacks_a_value_is_named_where_it_first_needs_one_from_front_to_back() -> None:
    text = Template.parse('{{ city | default: "" }}\n{{ code }} {{ code }}{{ city }}', FIELDS)
    assert text.missing({}) == text.holes == (Hole(2, 4, "code"), Hole(2, 25, "city"))


def test_a_condition_may_ask_for_a_field_that_is_not_there() -> None:
    text = Template.parse("Actie{% if city == 'Delft' %} in Delft{% elsif city %} elders{% endif %}!", FIELDS)
    assert (text.fields, text.required) == ({"city"}, frozenset())
    assert [text.render({"city": city}) for city in ("Delft", "Breda", "")] == [
        "Actie in Delft!",
        "Actie elders!",
        "Actie!",
    ]


@pytest.mark.parametrize(
    ("text", "line", "column", "sentence"),
    [
        ("Hoi {{ firstname }}", 1, 8, "no field firstname; there are city, code, first_name; did you mean first_name?"),
        ("Hoi\nen\n in {{ City }}", 3, 8, "no field City; there are .*; did you mean city?"),
        ("{{ zzz }}", 1, 4, "there is no field zzz; there are city, code, first_name"),
        ("{{ city | upcas }}", 1, 11, "there is no filter upcas; .* did you mean upcase?"),
        ("{{ city | append: 'x' }}", 1, 11, "there is no filter append"),
        ("{{ city | date: '%Y' }}", 1, 11, "there is no filter date"),
        ("{{ city.name }}", 1, 4, "city.name is not the plain name of a field"),
        ("{{ [city] }}", 1, 4, "is not the plain name of a field"),
        ("{% for a in city %}{% endfor %}", 1, 4, "there is no tag for; there are case, comment, if, unless"),
        ("{% include 'x' %}", 1, 4, "there is no tag include"),
        ("{% assign city = 'x' %}", 1, 4, "there is no tag assign"),
        ("Hoi\n{{ city", 2, 1, "expected '}}'"),
        ("a {{ city }} {{ }}", 1, 14, "expected"),
        ("a {{ city | }}", 1, 3, "expected"),
        ("{{ city }} {% if city %}", 1, 12, "expected tag endif"),
        ("a {% endif %}", 1, 6, "unexpected tag 'endif'"),
        (" \n", 1, 1, "the text is empty"),
        ("ab {{ city | truncate: 'x' }}", 1, 14, "truncate"),
        ("ab {{ city | truncate: 1, 2, 3, 4 }}", 1, 14, "truncate"),
        ("Hoi\n\x1b[2J", 2, 1, "the sign U.001B steers a screen"),
        ("Hoi \x85", 1, 5, "the sign U.0085 steers a screen"),
        ("x" * 1601, 1, 1, "more than the 1600 characters"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_its_line_and_column(
    text: str, line: int, column: int, sentence: str
) -> None:
    error = refused(text)
    assert (error.line, error.column) == (line, column)
    with pytest.raises(
        TextRefused, match=rf"^line {line}, column {column}: .*{sentence.replace('?', '[?]')}"
    ):
        raise error


def test_a_campaign_without_fields_says_so() -> None:
    with pytest.raises(TextRefused, match="there is no field city; this campaign has no fields"):
        Template.parse("{{ city }}", ())


def test_values_are_text_and_never_liquid_or_markup() -> None:
    text = Template.parse("{{ city }}", FIELDS)
    assert text.render({"city": "{{ code }} <b>&"}) == "{{ code }} <b>&"


def test_every_end_of_a_line_is_one_character() -> None:
    assert Template.parse("een\r\n{{ city }}", FIELDS).render({"city": "twee\r\ndrie"}) == "een\ntwee\ndrie"


def test_a_text_is_rendered_in_composed_letters() -> None:
    assert Template.parse("cafe\u0301 {{ city }}", FIELDS).render({"city": "e\u0301"}) == "café é"


@pytest.mark.parametrize("length", [LONGEST + 1, 100_000])
def test_a_text_that_is_too_long_for_the_provider_is_refused(length: int) -> None:
    text = Template.parse("{{ city }}", FIELDS)
    assert text.render({"city": "x" * LONGEST}) == "x" * LONGEST
    with pytest.raises(TextTooLong):
        text.render({"city": "x" * length})


def test_conditions_cannot_be_nested_without_end() -> None:
    with pytest.raises(TextRefused):
        Template.parse("{% if city %}" * 40 + "{% endif %}" * 40, FIELDS)


@given(st.text(alphabet="{}%|:.[]'\" \nabcity_firstnmendfo0", max_size=60))
def test_any_text_is_either_refused_or_rendered(text: str) -> None:
    try:
        template = Template.parse(text, FIELDS)
    except TextRefused:
        return
    assert template.required <= template.fields <= set(FIELDS)
    template.render(dict.fromkeys(FIELDS, "x"))


@given(st.dictionaries(st.sampled_from(FIELDS), st.text(max_size=30)))
def test_a_rendered_text_always_has_a_value_for_every_field(fields: dict[str, str]) -> None:
    text = Template.parse('<{{ first_name }}|{{ city | default: "hier" }}>', FIELDS)
    if text.missing(fields):
        with pytest.raises(ValueMissing):
            text.render(fields)
    else:
        values = fields["first_name"].strip(), fields.get("city", "").strip() or "hier"
        written = "<{}|{}>".format(*values).replace("\r\n", "\n").replace("\r", "\n")
        assert text.render(fields) == unicodedata.normalize("NFC", written)
