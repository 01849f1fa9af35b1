"""Campaigns' texts: what is refused before anybody gets it, and what each person reads."""

from dataclasses import replace

import pytest

from app.domain.campaign import Campaign, CampaignStatus
from app.domain.errors import BadInput
from app.domain.number import Number
from app.domain.profile import Profile
from app.domain.replies import Language
from app.services.campaign_changes import ChangeCampaign
from app.services.campaign_plan import Clear, Plan
from app.services.campaign_texts import CampaignTexts
from app.services.manage_campaigns import ManageCampaigns
from tests.campaign_stories import spring
from tests.domain.programs import shop
from tests.fakes.memory_campaigns import MemoryCampaigns
from tests.fakes.memory_profiles import MemoryProfiles
from tests.fakes.memory_store import MemoryStore
from tests.fakes.small_ports import CountingDoorbell, SetTime
from tests.stories import EN, NL, person

NAME, NUMBER = "Klaverblad", "+3197010200000"
BY_NAME = "Korting op www.voorbeeld.nl/x, afmelden ook"


def texts(sender: str = NUMBER, **changes: object) -> CampaignTexts:
    profiles = MemoryProfiles(lambda _: True)
    profiles._names.add("shop")  # as an import would have left it
    return CampaignTexts(replace(shop(), sender=sender, **changes), profiles)  # type: ignore[arg-type]


def desk(sender: str = NUMBER) -> ManageCampaigns:
    every = MemoryCampaigns(MemoryStore())
    return ManageCampaigns(
        change=ChangeCampaign(every, every),
        campaigns=every,
        audience=every,
        results=every,
        doorbell=CountingDoorbell(),
        new_id=lambda: "spring22",
        now=SetTime(),
        default_language=NL,
        render=texts(sender),
        throttle=every,
        senders=(sender,),
    )


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("Dag {{ frist_name }}!", "line 1, column 8", "did you mean first_name?"),
        ("Dag\n{{ shopp }}", "line 2, column 4", "did you mean shop?"),
        ("Dag {{ first_name | upcas }}", "line 1", "did you mean upcase?"),
        ("Dag {% for x in y %}", "line 1", "there is no tag for"),
        ("Dag {{ first_name", "line 1", ""),
    ],
)
def test_a_wrong_text_is_refused_with_its_place_and_what_was_meant(
    text: str, place: str, sentence: str
) -> None:
    for act in (
        lambda manage: manage.create(Plan("Spring", {NL: "Lente!", EN: text}), actor="test"),
        lambda manage: manage.edit("spring22", Plan(texts={EN: text})),
    ):
        manage = desk()
        manage.campaigns.save(spring(), rests=True)
        before = manage.campaigns.load("spring22")
        with pytest.raises(BadInput) as refused:
            act(manage)
        assert str(refused.value).startswith(f"the text in en: {place}")
        assert sentence in str(refused.value)
        assert manage.campaigns.load("spring22") == before


@pytest.mark.parametrize(
    ("text", "fine"),
    [
        ("Korting!", False),
        ("Korting! STOP", False),
        (BY_NAME, True),
        ("{% if first_name %}www.voorbeeld.nl/x, afmelden{% endif %}", False),
    ],
)
def test_a_name_as_sender_needs_another_way_out_whoever_reads_it(text: str, fine: bool) -> None:  # noqa: FBT001
    manage = desk(NAME)
    if fine:
        assert manage.create(Plan("Spring", {NL: text}), actor="test").texts == {NL: text}
        return
    with pytest.raises(BadInput, match="people cannot text back to Klaverblad: say in the text where"):
        manage.create(Plan("Spring", {NL: text}), actor="test")


def test_names_and_numbers_together_are_refused() -> None:
    with pytest.raises(BadInput, match="nobody can text back to a name"):
        texts(campaign_senders={NAME: 1.0}).check(spring(texts={NL: BY_NAME}, senders=(NAME, NUMBER)))


def test_a_sender_or_a_field_that_nobody_knows_is_refused_with_those_that_there_are() -> None:
    manage = desk()
    with pytest.raises(
        BadInput, match=r"no sender '\+3197010200009' in the program; there are \+3197010200000$"
    ):
        manage.create(Plan("Spring", {NL: "Lente!"}, senders=("+3197010200009",)), actor="test")
    with pytest.raises(BadInput, match="no field 'shopp'; there are first_name, last_name, postcode, shop"):
        manage.create(Plan("Spring", {NL: "Lente!"}, leaves_out=frozenset({"shopp"})), actor="test")
    made = manage.create(
        Plan("Spring", {NL: "Lente!"}, senders=(NUMBER,), leaves_out=frozenset({"shop"})), actor="test"
    )
    assert (made.senders, made.leaves_out) == ((NUMBER,), {"shop"})
    edited = manage.edit("spring22", Plan(leaves_out=frozenset(), clears=frozenset(Clear)))
    assert (edited.senders, edited.ends_at, edited.leaves_out) == (None, None, frozenset())


def test_a_text_that_no_longer_fits_the_program_is_not_sent() -> None:
    manage = desk(NAME)
    assert manage.campaigns.save(spring(), rests=True)
    with pytest.raises(BadInput, match="people cannot text back"):
        manage.send("spring22")
    found = manage.campaigns.load("spring22")
    assert found is not None
    assert found.status is CampaignStatus.DRAFT


@pytest.mark.parametrize(
    ("campaign", "language", "person", "text"),
    [
        (spring(), NL, Profile(), "Voorbeeld: Lente! Stop? Sms STOP"),
        (spring(), EN, Profile(), "Voorbeeld: Lente! Stop? Sms STOP"),
        (spring(texts={NL: "Lente!", EN: "Spring!"}), EN, Profile(), "Voorbeeld: Spring! Stop? Text STOP"),
        (spring(texts={EN: "Spring!"}), NL, Profile(), "Voorbeeld: Spring! Stop? Text STOP"),
        (spring(texts={NL: "Voorbeeld. Sms STOP"}), NL, Profile(), "Voorbeeld. Sms STOP"),
        (
            spring(texts={NL: "{{ first_name }} {{ shop | upcase }}"}),
            NL,
            Profile(" Zoe\u0308 ", fields={"shop": "Utrecht", "first_name": "x"}),
            "Voorbeeld: Zoë UTRECHT Stop? Sms STOP",
        ),
    ],
)
def test_each_person_reads_their_own_text(
    campaign: Campaign, language: Language, person: Profile, text: str
) -> None:
    assert texts()(campaign, language, person) == text


def test_an_example_has_the_fields_names_in_it() -> None:
    campaign = spring(texts={NL: 'Dag {{ first_name | default: "klant" }}'})
    assert texts().example(campaign, NL) == "Voorbeeld: Dag first_name Stop? Sms STOP"


def test_values_that_make_a_text_too_long_make_none() -> None:
    campaign = spring(texts={NL: "{{ shop }}" * 8})
    with pytest.raises(BadInput, match="at most 1600"):
        texts()(campaign, NL, Profile(fields={"shop": "x" * 199}))


class Links:
    """Numbered, and counted."""

    def __init__(self) -> None:
        self.asked = 0

    def of(self, number: Number) -> str:
        self.asked += 1
        return f"https://sms.example.org/o/{number.e164[-3:]}"

    def of_nobody(self) -> str:
        return "https://sms.example.org/o/xxx"


LINKED = "Korting! Afmelden: {{ opt_out_link }}"


def linked(sender: str = NAME) -> tuple[CampaignTexts, Links]:
    links = Links()
    return CampaignTexts(replace(shop(), sender=sender), MemoryProfiles(lambda _: True), links), links


def test_from_a_name_the_opt_out_link_is_a_way_out() -> None:
    render, _ = linked()
    render.check(replace(spring(), texts={NL: LINKED}))
    with pytest.raises(BadInput, match="cannot text back"):
        render.check(
            replace(spring(), texts={NL: "Korting! Afmelden {% if state %}{{ opt_out_link }}{% endif %}"})
        )


def test_everybody_gets_a_link_of_their_own_and_only_where_the_text_names_one() -> None:
    render, links = linked()
    campaign = replace(spring(), texts={NL: LINKED})
    own = render(campaign, NL, Profile(fields={"opt_out_link": "https://evil.example"}), person(7))
    assert own == "Voorbeeld: Korting! Afmelden: https://sms.example.org/o/007"
    nobodys = "Voorbeeld: Korting! Afmelden: https://sms.example.org/o/xxx"
    assert render(campaign, NL, Profile()) == render.example(campaign, NL) == nobodys
    assert links.asked == 1
    render(replace(spring(), texts={NL: "Afmelden: www.voorbeeld.nl/stop"}), NL, Profile(), person(7))
    assert links.asked == 1


def test_without_a_key_there_is_no_such_field() -> None:
    with pytest.raises(BadInput, match="there is no field opt_out_link"):
        texts(NAME).check(replace(spring(), texts={NL: LINKED}))
