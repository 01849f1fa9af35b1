"""The classes of words from which a request is made. A language file lists the words of each by its name."""

from enum import IntFlag, auto


class WordClass(IntFlag):
    """What a word can do in a sentence. A word may be of several classes: "text" is a verb and a noun."""

    CEASE = auto()  # asks to end something, says not what: stop, quit, stoppen
    OPT_OUT = auto()  # can only mean leaving a list: unsubscribe, afmelden
    OPTED_OUT = auto()  # the same, done: unsubscribed, uitgeschreven
    REMOVE = auto()  # delete, verwijder
    SEND = auto()  # what a sender does: text, call, contact, stuur
    RECEIVE = auto()  # what a recipient does: get, receive, ontvangen
    MESSAGE = auto()  # what we send: texts, messages, berichten
    PITCH = auto()  # what may be in it, or comes another way: offers, reminders, e-mails
    SERVICE = auto()  # what a customer may have: subscription, account
    VAGUE = auto()  # says not what: this, it, hiermee, alles
    ME = auto()  # me, us, mij
    MY = auto()  # my, mijn
    NUMBER = auto()  # number, details, gegevens
    LIST = auto()  # list, database, bestand
    NOT = auto()  # denies a verb: not, don't, niet
    NO = auto()  # denies a noun: no, geen
    MORE = auto()  # any more, no longer, ever again, meer
    WANT = auto()  # want, wish, wil
    HOW = auto()  # asks for a way: how, where, hoe, can I
    WHY = auto()  # asks for a reason or a time: why, when, waarom
    IF = auto()  # if, als
    I = auto()  # noqa: E741 - the word is I
    YOU = auto()  # you, jullie
    THIRD = auto()  # he, she, them, somebody
    FROM = auto()  # leads to what is left: from, voor, van
    AWAY = auto()  # the way off a list: off, uit
    CONSENT = auto()  # consent, toestemming
    WITHDRAW = auto()  # withdraw, intrekken
    ALREADY = auto()  # already, still, nog steeds
    YET = auto()  # not so far: yet, nog geen
    MISTAKE = auto()  # by accident, per ongeluk
    REPLY = auto()  # what instructions ask for: reply, antwoord
    COURTESY = auto()  # please, thanks, hello, aub
    CLOSING = auto()  # what a name follows: regards, groeten
    FILLER = auto()  # adverbs without weight, also beside a keyword: just, now, even, maar
    LIGHT = auto()  # the grammar's own words: the, of, to, het, te, kunnen
    ARTICLE = auto()  # what follows is a noun: the end, een einde
    PAST = auto()  # tells what happened, asks nothing: did not, heeft, kreeg
    CONTRAST = auto()  # not this but that: instead, maar
    AND = auto()  # parts a sentence as a comma does: and, because, want
    CLEAR = auto()  # expressions that are a request to stop by themselves
    DOUBT = auto()  # expressions that a person should look at: wrong number
    HINT = auto()  # signs of displeasure, no more than that: sick of, a complaint, te veel
    NAMING = auto()  # sends, or gives a name: call
    LEAVE = auto()  # how people say that they go, or that it is over: count me out, klaar met
    KEEP = auto()  # the contrary: keep them coming, juist wel
    SEVERAL = auto()  # points at more than one: these, those, them, die
    BUSINESS = auto()  # what a customer otherwise writes about: order, parcel, bestelling, afspraak
    EPITHET = auto()  # says what the writer thinks of something: stupid, annoying
    KIN = auto()  # whom a writer may speak for: mother, moeder
    PRONOUN = auto()  # may mean those: he, her, ze
    BECAUSE = auto()  # what follows gives the reason: because, want
    THEREFORE = auto()  # what follows is what comes of it: so, but, dus
    EXIT = auto()  # a request to go, where nothing else is said: I want off, hoe kom ik hier uit
    STAY = auto()  # wants to stay, whatever else is said: I still want them, zet me weer op de lijst
    EVENT = auto()  # what people sign off from besides: a lesson, a workshop
    AID = auto()  # asks what this is and how it works: help, hoe werkt
    GONE = auto()  # where messages are wished: off, uit, weg
    ADVERT = auto()  # messages that only advertise: ads, promos, reclame
    EXPLAINS = auto()  # why messages, a list or a number are named: a link, a code, a new number
    DIGITS = auto()  # a number too short to be a telephone's; given by the reader, not by a file
    REFUSAL = auto()  # says no to what was asked: nope, nee
