// Writes segments.jsonl: texts of our own, and what npm's sms-segments-calculator says of them.
//
//   cd $(mktemp -d) && npm install sms-segments-calculator@1.3.0
//   node .../tests/domain/golden/make_segments.mjs > .../tests/domain/golden/segments.jsonl
//
// One line is one text: [pieces, encoding, segments, encoding, segments], the first pair without smart
// encoding and the second with it. A piece is a string, or [string, how often]. The calculator is given the
// text in NFC, since that is the form in which we send and count.

import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(join(process.cwd(), "here.js"));
const { SegmentedMessage } = require("sms-segments-calculator");

const SPECIAL = [
  "a", "é", "à", "Ü", "ß", "Ω", "@", "_", "\n", "\r\n", "\r", // GSM-7
  "€", "[", "]", "{", "}", "\\", "^", "~", "|", "\f", // two septets
  "ë", "ï", "á", "ç", "ó", "ú", "õ", "œ", "ł", "ж", "中", "한", "ไ", "‰", "\t", "`", // UCS-2
  "‘", "’", "“", "”", "„", "«", "–", "—", "…", "•", "\u00a0", "\u2009", "\u200b", "\ufeff", "½", "！", "Ａ", "´",
  "e\u0301", "e\u0308", "q\u0323", "q\u0323\u0307", "o\u0302", "n\u0303", "y\u0326", "x\u0338", // combining
  "😀", "❤️", "☀", "👍", "👍🏽", "👩‍👩‍👧‍👦", "👨‍👩‍👧", "👩‍❤️‍💋‍👩", "🇳🇱", "🇳🇱🇧🇪", "🇳", "1️⃣", "🏴", "🙋🏿", "💇🏻", "𝒳", "\u200d",
  "👨‍🚀", "👨🏽‍🚀", "🏳️‍🌈", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🥰",
];
const SENTENCES = [
  "Hoi Sanne, de zomercollectie is binnen. Vandaag 20% korting op alle jurken. Stop? Sms STOP",
  "Wij hebben nieuwe ideeën voor de winter; geïnteresseerd? Kom langs in één van onze winkels.",
  "Your order has shipped and should be with you on Tuesday. Reply HELP for help, STOP to stop.",
  "It’s here – our “big” sale… don’t miss out! Everything is 50% off until Sunday.",
  "Liebe Grüße aus Köln: ab heute sind alle Schuhe für 49 € zu haben. Weiß, schwarz oder grün.",
  "Bonjour, nos soldes commencent demain à 8 h. À bientôt dans notre boutique, ça vaut le détour !",
  "Pakket onderweg 📦 Bezorging tussen 14:00 en 16:00.\r\nVolg het op https://voorbeeld.example/t/1a2b",
  "Código: {1234} [geldig tot 12|00] ~ niet delen ^",
  "Gefeliciteerd 🎉🎂 met je verjaardag, {naam}! Je cadeau: € 5 korting 🎁",
  "Het café aan de overkant serveert crème brûlée, à la carte, met een glaasje rosé",
];
const LENGTHS = [69, 70, 71, 133, 134, 135, 153, 159, 160, 161, 201, 202, 305, 306, 307, 459, 460];

let seed = 20261122;
const below = (limit) => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return Math.floor((seed / 2 ** 32) * limit);
};
const any = (list) => list[below(list.length)];
const spell = (pieces) => pieces.map((p) => (Array.isArray(p) ? p[0].repeat(p[1]) : p)).join("");

function* texts() {
  yield [""];
  for (const filler of ["a", "ë"]) {
    for (const length of LENGTHS) {
      yield [[filler, length]];
      for (const special of SPECIAL) {
        // At the end of the text, so that it is what no longer fits …
        if (special.length < length && below(3) < 2) yield [[filler, length - special.length], special];
        // … and across the end of the first part.
        const cut = (filler === "a" ? 153 : 67) - 1 - below(special.length + 1);
        if (cut + special.length < length && below(3) === 0)
          yield [[filler, cut], special, [filler, length - cut - special.length]];
      }
    }
  }
  for (const sentence of SENTENCES)
    for (const special of SPECIAL) {
      if (below(3) === 0) yield [sentence, " ", special];
      if (below(4) === 0) yield [special, [sentence, 2 + below(4)]];
    }
  for (let made = 0; made < 400; made++)
    yield Array.from({ length: 1 + below(14) }, () => (below(3) ? [any(SPECIAL), 1 + below(60)] : any(SENTENCES)));
}

const seen = new Set();
for (const pieces of texts()) {
  const text = spell(pieces).normalize("NFC");
  if (seen.has(text)) continue;
  seen.add(text);
  const figures = [false, true].flatMap((smart) => {
    const found = new SegmentedMessage(text, "auto", smart);
    return [found.encodingName, found.segmentsCount];
  });
  console.log(JSON.stringify([pieces, ...figures]));
}
