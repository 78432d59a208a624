"""What scanners send: the examples of each rule, and plain numbers that look like labels."""

from datetime import date

from hypothesis import example, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ..tools.label import BARE, IDENTIFIED, MAX_LENGTH, PLAIN, are_all, gs1, read
from ..tools.naming import clean
from .common.work import LONG, count_calls

GS, RS, EOT = "\x1d", "\x1e", "\x04"
GTIN = "09521234543213"  # GS1's demonstration product
FIRST = f"01{GTIN}21SN0042"


def wrap(*fields, form="06"):
    """Put fields into an envelope of ISO/IEC 15434."""
    return f"[)>{RS}{GS.join((form, *fields))}{RS}{EOT}"


class LabelCase(BaseCase):
    def assertReads(self, text, kind="gs1", **values):
        label = read(text)
        wanted = {"serials": [], "gtin": "", "part": "", "lot": "", "expiry": None, "fault": "", "kind": kind, **values}
        self.assertEqual({name: getattr(label, name) for name in wanted}, wanted, repr(text))


@tagged("post_install", "-at_install")
class TestElementString(LabelCase):
    """GS1 element strings: with and without symbology, FNC1 and brackets."""

    def test_when_the_scanner_says_gs1_then_read(self):
        for symbology in ("C1", "e0", "d2", "Q3", "J1"):
            self.assertReads(f"]{symbology}{FIRST}", gtin=GTIN, serials=["SN0042"])
        self.assertReads(f"]C121SN0042{GS}01{GTIN}", gtin=GTIN, serials=["SN0042"])
        self.assertReads(f"{GS}{FIRST}", gtin=GTIN, serials=["SN0042"])
        self.assertReads("]C100106141412345678908", sscc="106141412345678908")
        self.assertReads("]C1414952123454321021X", location="9521234543210"[:13], serials=["X"], fault="check_digit")

    def test_when_it_begins_with_a_gtin_then_read(self):
        self.assertReads(FIRST, gtin=GTIN, serials=["SN0042"])
        self.assertReads(f"{FIRST}{GS}17271231", gtin=GTIN, serials=["SN0042"], expiry=date(2027, 12, 31))
        self.assertReads(f"{FIRST}\u241d17271231", gtin=GTIN, serials=["SN0042"], expiry=date(2027, 12, 31))
        self.assertReads(f"01{GTIN}", gtin=GTIN)
        self.assertReads(f"01{GTIN}310300075021X", gtin=GTIN, serials=["X"])
        self.assertReads(f"01{GTIN}17260200", gtin=GTIN, expiry=date(2026, 2, 28))

    def test_when_there_is_more_on_it_then_all_is_kept(self):
        self.assertReads(
            f"]d201{GTIN}112601011727123110LOT7{GS}21SN-0042",
            gtin=GTIN,
            made=date(2026, 1, 1),
            expiry=date(2027, 12, 31),
            lot="LOT7",
            serials=["SN-0042"],
        )
        imei = "356938035643809"
        self.assertReads(
            f"]d201{GTIN}21A{GS}250B{GS}8002{imei}",
            gtin=GTIN,
            serials=["A"],
            identities={"serial": ["B"], "imei": [imei]},
        )
        self.assertReads("]C18006" + GTIN + f"0102{GS}21X", gtin=GTIN, serials=["X"])

    def test_when_a_check_digit_is_wrong_then_refused(self):
        self.assertReads(
            "010952123454321421X", gtin="09521234543214", serials=["X"], fault="check_digit", detail="09521234543214"
        )
        self.assertReads("]C100106141412345678909", sscc="106141412345678909", fault="check_digit")
        self.assertReads(f"]d201{GTIN}8002356938035643808", gtin=GTIN, fault="check_digit", detail="356938035643808")

    def test_when_the_separator_was_dropped_then_refused(self):
        for rest in (
            "21SN004217271231",
            "21SN004211260101",
            "21SN00421727123110LOT7",
            "10LOT721SN-0042",
            "10L717271231",
        ):
            self.assertEqual(read(f"01{GTIN}{rest}").fault, "lost_separator", rest)
            self.assertEqual(read(f"]C101{GTIN}{rest}").fault, "lost_separator", rest)
        self.assertEqual(read(f"]C101{GTIN}21{'X' * 21}").fault, "lost_separator")

    def test_when_a_plain_one_has_no_end_of_its_serial_then_the_separator_is_missing(self):
        self.assertEqual(read(f"01{GTIN}21{'X' * 21}").fault, "lost_separator")
        self.assertReads(f"01{GTIN}21{'X' * 20}", gtin=GTIN, serials=["X" * 20])

    def test_when_what_follows_a_gtin_lacks_its_separator_then_refused(self):
        for rest in ("42227621A", "7003271231120021A", "21A|10LOT7"):
            self.assertEqual(read(f"01{GTIN}{rest}").fault, "lost_separator", rest)
        self.assertEqual(read(f"01{GTIN}17270200 21A").fault, "bad_value")
        self.assertReads(f"01{GTIN}240X1", gtin=GTIN)
        self.assertReads(f"01{GTIN}55X", "text", serials=[f"01{GTIN}55X"])

    def test_when_separators_are_doubled_or_shown_then_they_separate(self):
        for shown in (GS * 2, "^]", "[GS]", "<FNC1>", "{GS}", "\\x1d"):
            self.assertReads(f"01{GTIN}{shown}21A{shown}10L", gtin=GTIN, serials=["A"], lot="L")

    def test_when_it_has_separators_then_it_needs_neither_fnc1_in_front_nor_a_gtin(self):
        self.assertReads(f"21A{GS}01{GTIN}", gtin=GTIN, serials=["A"])
        self.assertReads(f"10L{GS}21A", lot="L", serials=["A"])
        for text in (f"X1{GS}21A", f"12345678{GS}"):
            self.assertEqual(read(text).kind, "text", text)

    def test_when_a_field_stands_there_twice_then_the_values_contradict(self):
        other = "00614141123452"
        for text, detail in {
            f"]C101{GTIN}01{other}": f"{GTIN}, {other}",
            f"(01){GTIN}(17)271231(17)261231": "2027-12-31, 2026-12-31",
            f"]C110A{GS}10B": "A, B",
            f"https://a.example/01/{GTIN}/10/A?10=B": "A, B",
        }.items():
            label = read(text)
            self.assertEqual((label.fault, label.detail), ("bad_value", detail), text)

    def test_when_it_expires_at_an_hour_then_on_that_day(self):
        self.assertReads(f"01{GTIN}70032712311200{GS}21A", gtin=GTIN, serials=["A"], expiry=date(2027, 12, 31))

    def test_when_it_has_two_serials_then_they_contradict(self):
        for text in (f"]C101{GTIN}21A{GS}21B", f"(01){GTIN}(21)A(21)B", f"01{GTIN}21A{GS}21B"):
            self.assertReads(text, gtin=GTIN, serials=["A"], fault="contradiction", detail="A, B")
        self.assertReads(f"]C101{GTIN}21A{GS}21A", gtin=GTIN, serials=["A"])

    def test_when_there_are_separators_then_what_looks_like_a_date_is_part_of_the_serial(self):
        self.assertReads(f"01{GTIN}10L{GS}21SN17271231", gtin=GTIN, lot="L", serials=["SN17271231"])

    def test_when_a_serial_comes_with_a_count_then_they_contradict(self):
        self.assertReads(f"]C101{GTIN}21X{GS}3012", gtin=GTIN, serials=["X"], fault="contradiction", detail="12")
        self.assertReads(f"]C101{GTIN}21X{GS}301", gtin=GTIN, serials=["X"])
        self.assertReads("]C102" + GTIN + "3712", gtin=GTIN, count=12)

    def test_when_a_value_is_none_then_refused(self):
        self.assertReads("]C101952123", fault="bad_value", detail="01952123")
        self.assertReads(f"]C101{GTIN}17271301", gtin=GTIN, fault="bad_value", detail="271301")

    def test_when_it_stands_in_brackets_then_read(self):
        self.assertReads(f"(01){GTIN}(21)SN0042", gtin=GTIN, serials=["SN0042"])
        self.assertReads(f"(01) {GTIN} (21) SN0042", gtin=GTIN, serials=["SN0042"])
        self.assertReads("(21)A(B)C", serials=["A(B)C"])
        self.assertReads("(21)A(6)C(99)x", serials=["A(6)C"])
        self.assertReads("(3103)000750(10)L1(21)X", lot="L1", serials=["X"])
        self.assertReads("(01)9521(21)X", fault="bad_value", detail="(01) 9521")
        self.assertReads("(01)09521234543214(21)X", gtin="09521234543214", serials=["X"], fault="check_digit")


@tagged("post_install", "-at_install")
class TestLink(LabelCase):
    """GS1 Digital Link, of any host."""

    def test_when_a_link_has_a_key_then_read(self):
        host = f"https://id.gs1.org/01/{GTIN}"
        wanted = {"kind": "link", "gtin": GTIN}
        self.assertReads(f"{host}/21/SN0042", **wanted, serials=["SN0042"])
        self.assertReads(
            f"{host}/10/LOT7/21/SN%2F42?17=271231", **wanted, lot="LOT7", serials=["SN/42"], expiry=date(2027, 12, 31)
        )
        self.assertReads(f"{host}/22/2A/10/ABC/21/12345", **wanted, lot="ABC", serials=["12345"])
        self.assertReads(f"{host}?17=271231&linkType=gs1:pip", **wanted, expiry=date(2027, 12, 31))
        self.assertReads(f"HTTPS://ID.GS1.ORG/01/{GTIN}/21/SN0042#x", **wanted, serials=["SN0042"])
        self.assertReads(f"]Q1{host}/21/SN0042", **wanted, serials=["SN0042"])
        self.assertReads(f"https://example.com/gtin/{GTIN}/ser/SN0042", **wanted, serials=["SN0042"])
        self.assertReads("https://id.gs1.org/00/106141412345678908", kind="link", sscc="106141412345678908")

    def test_when_its_parts_are_written_otherwise_then_they_are_the_same(self):
        wanted = {"kind": "link", "gtin": GTIN, "serials": ["A"]}
        self.assertReads("https://a.example/%30%31/0952123454321%33/21/%41", **wanted)
        self.assertReads(f"https://a.example/01/{GTIN}//21/A/", **wanted)
        self.assertReads(f"HTTPS://A.EXAMPLE/GTIN/{GTIN}/SER/A", **wanted)
        self.assertReads(
            f"https://a.example/01/{GTIN}/21/A?exp=271231;10=L", **wanted, lot="L", expiry=date(2027, 12, 31)
        )
        self.assertReads(f"https://a.example/01/{GTIN}/21/ser", **{**wanted, "serials": ["ser"]})

    def test_when_the_gtin_is_short_then_it_is_padded(self):
        self.assertReads("https://shop.example/p/01/9521234543213/21/SN0042", "link", gtin=GTIN, serials=["SN0042"])
        self.assertReads("http://a.example/01/614141123452/21/X", "link", gtin="00614141123452", serials=["X"])
        self.assertReads("http://a.example/01/95012346/21/X", "link", gtin="00000095012346", serials=["X"])

    def test_when_its_check_digit_is_wrong_then_refused(self):
        self.assertReads(
            "https://id.gs1.org/01/09521234543214/21/X",
            "link",
            gtin="09521234543214",
            serials=["X"],
            fault="check_digit",
        )

    def test_when_a_link_has_no_key_then_untouched(self):
        for text in (
            "https://example.com/u/4711",
            "https://example.com/01/4711/21/X",
            "https://example.com",
            "http://",
        ):
            self.assertReads(text, "text", serials=[text])


@tagged("post_install", "-at_install")
class TestEnvelope(LabelCase):
    """Envelopes of ISO/IEC 15434 with identifiers of ANSI MH10.8.2."""

    def test_when_an_envelope_holds_data_identifiers_then_read(self):
        for text in (
            wrap("1PWS-C2960X", "SFOC1234A1B2", "Q1"),
            "]d1" + wrap("1PWS-C2960X", "SFOC1234A1B2"),
            "[)>\u241e06\u241d1PWS-C2960X\u241dSFOC1234A1B2\u241e\u2404",
            wrap("SFOC1234A1B2", "1PWS-C2960X").strip(EOT),
        ):
            self.assertReads(text, "envelope", part="WS-C2960X", serials=["FOC1234A1B2"])
        self.assertReads(wrap("PAZ1117EH", "1TH510592", "Q5"), "envelope", part="AZ1117EH", lot="H510592", count=5)
        self.assertReads(
            wrap("S1", "14D20271231", "16D20260101", "8P09521234543213"),
            "envelope",
            serials=["1"],
            expiry=date(2027, 12, 31),
            made=date(2026, 1, 1),
            gtin=GTIN,
        )

    def test_when_the_holder_stands_apart_then_it_is_no_part_of_the_serial(self):
        self.assertReads(wrap("18VUN123456789", "25SUN123456789A7"), "envelope", serials=["A7"])
        self.assertReads(wrap("25SUN123456789A7"), "envelope", serials=["UN123456789A7"])

    def test_when_there_are_two_serials_then_one_is_another_number(self):
        self.assertReads(wrap("SA", "SB"), "envelope", serials=["A"], identities={"serial": ["B"]})
        self.assertReads(wrap("SA", "23S001A2B3C4D5E"), "envelope", serials=["A"], identities={"mac": ["001A2B3C4D5E"]})

    def test_when_it_holds_elements_of_gs1_then_read(self):
        self.assertReads(wrap(f"01{GTIN}", "21X9", form="05"), "envelope", gtin=GTIN, serials=["X9"])
        text = wrap(f"01{GTIN}", "21X9", form="05").strip(EOT) + f"06{GS}1PP1{RS}{EOT}"
        self.assertReads(text, "envelope", gtin=GTIN, serials=["X9"], part="P1")

    def test_when_it_holds_text_elements_then_read(self):
        self.assertReads(wrap("MFR 1U956", "SER A7", "PNO X-1", form="12"), "envelope", serials=["A7"], part="X-1")

    def test_when_something_is_wrong_then_refused(self):
        self.assertReads("[)>061PWS-C2960XSFOC1234A1B2", "envelope", fault="lost_separator")
        self.assertReads(wrap("SA", "Q5"), "envelope", serials=["A"], fault="contradiction")
        self.assertReads(wrap("SA", "22S356938035643808"), "envelope", serials=["A"], fault="check_digit")
        self.assertReads(wrap("SA", "8P09521234543214"), "envelope", serials=["A"], fault="check_digit")
        self.assertReads(wrap("SA", "14D20271301"), "envelope", serials=["A"], fault="bad_value")
        self.assertReads(wrap("SA", "14D271231"), "envelope", serials=["A"], fault="bad_value")

    def test_when_it_has_several_of_one_kind_then_all_are_kept(self):
        imeis, macs = ["356938035643809", "490154203237518"], ["001A2B3C4D5E", "001A2B3C4D5F"]
        fields = [f"22S{imei}" for imei in imeis] + [f"23S{mac}" for mac in macs]
        self.assertReads(wrap("SA", *fields), "envelope", serials=["A"], identities={"imei": imeis, "mac": macs})

    def test_when_a_field_is_empty_or_padded_then_the_number_is_what_stands_in_it(self):
        self.assertReads(wrap("S", "1PX"), "envelope", part="X")
        self.assertReads(wrap("S A1 "), "envelope", serials=["A1"])

    def test_when_control_characters_are_shown_then_read(self):
        for text in ("[)>{RS}06{GS}SA1{RS}{EOT}", "[)>^^06^]SA1^^^D", "[)>\\x1e06\\x1dSA1\\x1e\\x04"):
            self.assertReads(text, "envelope", serials=["A1"])


@tagged("post_install", "-at_install")
class TestHealthLabel(LabelCase):
    """Labels of the health industry (HIBC)."""

    def check(self, text):
        values = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%"
        return text + values[sum(map(values.index, text)) % 43]

    def test_when_the_check_character_is_right_then_read(self):
        self.assertReads("+A123BJC5D6E71G", "hibc", part="BJC5D6E7")
        self.assertReads("+A99912345/$$52001510X33", "hibc", part="1234", lot="10X3", expiry=date(2020, 1, 15))
        part = "+A123BJC5D6E71/"
        for rest, values in {
            "$+SN42": {"serials": ["SN42"]},
            "$$+3280117SN42": {"serials": ["SN42"], "expiry": date(2028, 1, 17)},
            "$$+0228SN42": {"serials": ["SN42"], "expiry": date(2028, 2, 29)},
            "$$2013128LOT": {"lot": "LOT", "expiry": date(2028, 1, 31)},
            "$$+7SN42": {"serials": ["SN42"]},
            "$LOT7/SSN42/14D20280131/16D20260101": {
                "lot": "LOT7",
                "serials": ["SN42"],
                "expiry": date(2028, 1, 31),
                "made": date(2026, 1, 1),
            },
            "28017LOT": {"lot": "LOT", "expiry": date(2028, 1, 17)},
            "$$+8057SN42": {"serials": ["SN42"], "fault": "contradiction"},
        }.items():
            self.assertReads(self.check(part + rest), "hibc", part="BJC5D6E7", **values)

    def test_when_it_is_wrong_then_untouched(self):
        for text in ("+A123BJC5D6E71H", "+A99912345/$$52001510X34", "+", "+4912345"):
            self.assertReads(text, "text", serials=[text])


@tagged("post_install", "-at_install")
class TestWord(LabelCase):
    """Numbers with a word in front."""

    def test_when_a_word_for_serial_numbers_stands_in_front_then_left_out(self):
        for text in (
            "S/N: ABC123",
            "S/N ABC123",
            "s/n:ABC123",
            "SN: ABC123",
            "SN:ABC123",
            "S.N.: ABC123",
            "Serial No. ABC123",
            "Serial No.: ABC123",
            "SERIAL NUMBER ABC123",
            "Serial: ABC123",
            "Ser.No. ABC123",
            "Serial # ABC123",
            "Seriennummer: ABC123",
            "Numéro de série : ABC123",
            "S / N: ABC123",
            "S/No.: ABC123",
            "SNR: ABC123",
            "Serial-No. ABC123",
            "Serienr.: ABC123",
            "Número de série: ABC123",
            "N.º de serie: ABC123",
            "Numero di serie: ABC123",
            "Matricola: ABC123",
            "Nr seryjny: ABC123",
            "序列号：ABC123",
            "製造番号：ABC123",
            "الرقم التسلسلي: ABC123",
        ):
            self.assertReads(text, "prefix", serials=["ABC123"])

    def test_when_it_is_a_word_of_the_user_s_language_then_left_out(self):
        self.assertEqual(read("Matricola ABC123", ["Matricola"]).serials, ["ABC123"])
        self.assertEqual(read("Matricola ABC123").serials, ["Matricola ABC123"])
        self.assertEqual(read("製造番号：ABC123", ["製造番号"]).serials, ["ABC123"])

    def test_when_it_is_an_imei_then_its_check_digit_counts(self):
        imei = "356938035643809"
        for text in (f"IMEI: {imei}", f"IMEI1: {imei}", "IMEI 35-693803-564380-9", f"imei {imei}"):
            self.assertReads(text, "prefix", serials=[imei], identities={"imei": [imei]})
        self.assertReads(
            "IMEI: 356938035643808",
            "prefix",
            serials=["356938035643808"],
            fault="check_digit",
            detail="356938035643808",
        )

    def test_when_it_is_a_mac_address_then_it_has_one_form(self):
        mac = "00:1A:2B:3C:4D:5E"
        for text in (f"MAC: {mac}", "MAC 001A.2B3C.4D5E", "MAC ID: 001a2b3c4d5e", "Mac Address: 00-1A-2B-3C-4D-5E"):
            self.assertReads(text, "prefix", serials=[mac], identities={"mac": [mac]})
        self.assertReads("MAC: 0:1A:2B:3C:4D:5E", "prefix", serials=[mac], identities={"mac": [mac]})
        for text in ("MAC: 00:1A:2B", "MAC 001A2B3C4D5", f"MAC: {mac}:6F:70"):
            self.assertEqual(read(text).fault, "bad_value", text)

    def test_when_a_number_only_begins_with_the_word_then_untouched(self):
        for text in ("MAC 12", "MAC PRO 2019", "IMEI ABC"):
            self.assertReads(text, "text", serials=[text])

    def test_when_a_label_follows_the_word_then_it_is_read(self):
        self.assertReads(f"S/N: 01{GTIN}21A", gtin=GTIN, serials=["A"])

    def test_when_nothing_follows_then_untouched(self):
        for text in ("S/N:", "IMEI", "SN", "Serial No."):
            self.assertReads(text, "text", serials=read(text).serials)
            self.assertEqual(read(text).serials[0], text)


FIRSTS = st.sampled_from(["01", "10", "21", "00", "S", "SN", "SN-", "P", "1P", "Q", "(", "+", "IMEI", "MAC", ""])
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-/._"
RESTS = st.one_of(st.text(ALPHABET, min_size=1, max_size=30), st.text("0123456789", min_size=1, max_size=30))


@tagged("post_install", "-at_install")
class TestPlainNumber(LabelCase):
    """What is no label comes out as it went in."""

    @settings(max_examples=500)
    @given(st.lists(st.tuples(FIRSTS, RESTS), min_size=20, max_size=20))
    @example([("21", "04512345"), ("01", "0952123454321"), ("00", "106141412345678908"), ("01", f"{GTIN}ABC")])
    def test_when_they_are_plain_numbers_then_untouched(self, parts):
        for text in map(clean, map("".join, parts)):
            if not gs1.GTIN_FIRST.match(text) or text[16:17].isalpha():
                label = read(text)
                self.assertEqual((label.kind, label.serials[0], label.fault), ("text", text, ""))

    def test_when_no_rule_may_know_it_then_it_is_plain(self):
        for text in ("A1", "a-1/2_3", "10", "123456789", "12345678901", "1A5S", "2S"):
            self.assertTrue(PLAIN.fullmatch(text), text)
        for text in (
            "S1",
            "s",
            "1S1",
            "15s1",
            "25S1",
            "12345678",
            "123456789012",
            f"01{GTIN}",
            "-1",
            "A 1",
            "١A",
            "É1",
            "",
        ):
            self.assertFalse(PLAIN.fullmatch(text), text)

    @settings(max_examples=500)
    @given(
        st.lists(
            st.one_of(
                st.tuples(FIRSTS, RESTS).map("".join),
                st.from_regex(r"(1|15|25)?[Ss1A][0-9A-Z]{0,8}\n?", fullmatch=True),
                st.text(max_size=6),
            ),
            max_size=5,
        )
    )
    @example(["A1", "A2", "A3"])
    @example(["A1\nA2", "A3"])
    @example(["12345678", "A1"])
    def test_when_many_are_asked_about_at_once_then_the_answer_is_that_of_each(self, texts):
        for pattern in (PLAIN, BARE, IDENTIFIED):
            each = [bool(pattern.fullmatch(text)) for text in texts]
            self.assertEqual(are_all(pattern, texts), bool(each) and all(each))

    def test_when_one_of_many_is_no_text_then_not_all_are(self):
        self.assertFalse(are_all(PLAIN, ["A1", 7]))
        self.assertFalse(are_all(PLAIN, []))

    def test_when_a_data_identifier_may_stand_in_front_then_both_are_candidates(self):
        self.assertEqual(read("SFOC1234A1B2").serials, ["SFOC1234A1B2", "FOC1234A1B2"])
        self.assertEqual(read("25SUN123456789A7").serials, ["25SUN123456789A7", "UN123456789A7"])
        self.assertEqual(read("SGH1234567").serials[0], "SGH1234567")
        self.assertEqual(read("S1").serials, ["S1"])
        self.assertEqual(read("S/N-A1").serials, ["S/N-A1"])

    def test_when_the_scanner_says_not_gs1_then_only_its_symbology_is_left_out(self):
        for symbology in ("C0", "d1", "Q1", "E0", "A0"):
            self.assertReads(f"]{symbology}2104512345", "text", serials=["2104512345"])

    def test_when_it_is_an_article_number_then_the_symbology_tells(self):
        self.assertReads("]E09521234543213", "gtin", gtin=GTIN)
        self.assertReads("]E495012346", "gtin", gtin="00000095012346")
        self.assertReads("9521234543213", "text", serials=["9521234543213"])
        self.assertEqual(gs1.find_gtin("9521234543213"), GTIN)
        self.assertEqual(gs1.find_gtin("9521234543214"), "")

    @settings(max_examples=500)
    @given(st.text(st.characters(exclude_categories=()), max_size=200))
    def test_when_it_is_anything_then_read_without_an_error(self, text):
        for start in (
            "",
            "]C1",
            "]d2",
            f"]C101{GTIN}",
            "(01)",
            f"https://a/01/{GTIN}/",
            "[)>\x1e06\x1d",
            "+A123",
            "S/N: ",
        ):
            read(start + text)

    def test_when_a_text_has_a_megabyte_then_it_is_not_read(self):
        for text in LONG:
            self.assertLess(count_calls(lambda text=text: read(text)), 10)
        self.assertEqual(read("x" * (MAX_LENGTH + 1)).kind, "text")
