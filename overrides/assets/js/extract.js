// What can be read out of a buyer's message besides its matter. A pure function of the text: no DOM, no clock, nothing loaded.

import { folded, language } from "./language.js";
import { mood } from "./moods.js";
import { signedName } from "./names.js";
import { orders, plainWidth } from "./order.js";

export { language, mood };

const OWN = /(?<!\p{L})(?:this order|this one|regarding|concerning|re|about|in question|number is|now|question on|(?:my|the) order (?:is|number)|in bezug|bezuglich|betrifft|betreff|betr|es geht um|wegen|zu(?:r)? (?:meiner )?bestellung|diese[rs]?|concernant|au sujet|objet|il s'agit|cette commande|in merito|riguardo|questo ordine|oggetto|respecto|sobre|este pedido|asunto|se trata|referente|jetzt|maintenant|adesso|ahora)(?!\p{L})|关于|關於|这[个单]|這[個筆]|现在|現在|この|今回|の件|について/u;
const OTHER = /(?<!\p{L})(?:earlier|previous(?:ly)?|last (?:one|order|time)|other (?:one|order)|another order|first (?:one|order)|before|already|(?:was|were|is|went|came) (?:all )?(?:fine|ok|okay|good|perfect|great)|no (?:problem|issue)s?|without (?:problem|issue|trouble)s?|instead of|unlike|old order|arrived (?:fine|ok|okay|safely)|vorher|fruher(?:e|en)?|letzte[ns]? (?:bestellung|mal)|andere[nrs]?|vorige[ns]?|(?:war|ist|kam|lief) (?:alles )?(?:gut|ok|okay|super|prima|problemlos)|ohne probleme|(?:gut|heil|problemlos) angekommen|precedente?|precedent|autre|derniere fois|sans probleme|bien (?:arrivee?|recue?)|altr[oa]|scors[oa]|senza problemi|tutto (?:bene|ok)|arrivat[oa] bene|anterior|otr[oa]|sin problemas?|(?:llego|vino) bien|la otra vez|pasado)(?!\p{L})|之前|上次|以前|另外|另一|没问题|沒問題|前回|以前|別の|問題な|問題あ?りま?せんでした/u;
const DENIED = /(?:(?<!\p{L})(?:not|nicht|kein|pas|non|no)(?:\s(?:the|die|order|about|la|il|el|le))*|不是)[\s#:]*$/u; // right before a number
const DENIED_AFTER = /^\s*(?:ではな|じゃな)/u;

const TRACKING = [ // its form alone is sure
  /(?<![A-Za-z\d])1Z[\s-]?(?:[0-9A-Z][\s-]?){15}[0-9A-Z](?![A-Za-z\d])/iu, // UPS
  /(?<![A-Za-z\d])TB[AMC][\s-]?\d{12}(?!\d)/iu, // Amazon
  /(?<![A-Za-z\d])(?:JJD|JVGL|GM)[\s-]?(?:\d[\s-]?){10,20}\d(?![A-Za-z\d])/iu, // DHL
  /(?<!\d)00[\s]?340(?:\s?\d){15}(?!\d)/u, // DHL, as on German labels
  /(?<![A-Za-z\d])[A-Z]{2}\s?\d{3}\s?\d{3}\s?\d{3}\s?(?:GB|DE|US|CN|FR|IT|ES|JP|NL|CH|AT|BE|CA|AU|HK|SG|IE|PL|SE)(?![A-Za-z\d])/u, // posts of the world
  /(?<!\d)9[2-5]\d{2}(?:\s?\d{4}){4}\s?\d{2}(?!\d)/u, // USPS
  /(?<![A-Za-z\d])SF[\s-]?\d{12,15}(?!\d)/iu, // SF
  /(?<![A-Za-z\d])(?:YT|JT|ZTO|STO|JDVA?|JDX|LP|YD)\d{11,16}(?!\d)/u, // carriers in China
]; // prettier-ignore
const BESIDE = /(?:track(?:ing)?|trk|consignment|shipment (?:no|number|id)|waybill|sendungs?(?:nr|nummer|verfolgung|code)?|paket(?:nr|nummer|scheinnummer)|sendung|suivi|n° de colis|lettera di vettura|spedizione|seguimiento|localizador|rastreo|guia|envio|dhl|dpd|gls|ups|hermes|evri|usps|fedex|royal mail|colissimo|chronopost|brt|sda|seur|correos|运单|單號|单号|快递|物流|追[踪蹤]|伝票|追跡|お?問い?合わ?せ|送り状|佐川|ヤマト|クロネコ|ゆうパック|日本郵便|宅急便)[^\n.!?。！]{0,32}?[\s:：#は]*((?<![a-z\d-])(?:[A-Z]{1,2})?\d(?:[\s-]?\d){8,21}(?![a-z\d]))/iu;

const MONTHS = `jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|jänner|märz|maerz|mai|juni|juli|okt(?:ober)?|dez(?:ember)?|janvier|f[ée]vrier|févr|mars|avril|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|dicembre|enero|febrero|abril|mayo|junio|julio|septiembre|setiembre|octubre|noviembre|diciembre`;
const DATES = new RegExp(
  [
    `(?<![\\p{L}\\d])(?:${MONTHS})\\.?\\s(?:the\\s)?\\d{1,2}(?:st|nd|rd|th)?(?![\\p{L}\\d:%])(?:,?\\s20\\d\\d(?!\\d))?`,
    `(?<![\\p{L}\\d.,/])\\d{1,2}(?:st|nd|rd|th|er|º|°|\\.)?\\s?(?:of\\s|de\\s)?(?:${MONTHS})(?!\\p{L})\\.?(?:,?\\s(?:de(?:l)?\\s)?20\\d\\d(?!\\d))?`,
    "(?<![\\d-])20\\d\\d[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\\d|3[01])(?![\\d-])",
    "(?<![\\d/.,-])(?:0?[1-9]|[12]\\d|3[01])([/.-])(?:0?[1-9]|[12]\\d|3[01])\\1(?:20)?\\d\\d(?![\\d/-])",
    "(?<![\\d/.,])(?:0?[1-9]|[12]\\d|3[01])\\.(?:0?[1-9]|1[0-2])\\.(?!\\d)",
    "(?<=(?<!\\p{L})(?:on|by|since|from|until|till|le|du|au|il|dal|al|el|del|desde|hasta|am|seit|bis|vom|zum)\\s)(?:0?[1-9]|[12]\\d|3[01])/(?:0?[1-9]|[12]\\d|3[01])(?![\\d/])",
    "(?:20\\d\\d\\s?年\\s?)?(?:\\d{1,2}|[一二三四五六七八九十]{1,2})\\s?月\\s?(?:\\d{1,2}|[一二三四五六七八九十]{1,3})\\s?[日号號]",
  ].join("|"),
  "giu",
);

/**
 * What a message names: {language, orderId, orderIds, buyerName, trackingNumber, dates}. What is unsure is "" or empty.
 * language: en de fr it es ja zh; orderId: the matter's own as Amazon writes it, orderIds: all, the matter's own first;
 * buyerName: as signed; dates: as written.
 */
export function extract(message) {
  const text = plainWidth(message);
  const found = orders(text);
  const masked = blanked(text, found);
  const spoken = language(masked);
  const orderIds = inOrderOfMatter(text, found);
  return {
    language: spoken,
    orderId: orderIds[0] ?? "",
    orderIds,
    buyerName: signedName(blanked(text, found, "@"), spoken),
    trackingNumber: trackingNumber(masked),
    dates: [...new Set([...masked.matchAll(DATES)].map((one) => one[0].trim()))].filter((date) => !/^may\s\d+$/u.test(date)), // "you may 2"
  };
}

/** The text with every character of the pieces replaced. */
const blanked = (text, pieces, mark = " ") => pieces.reduceRight((left, { start, end }) => left.slice(0, start) + mark.repeat(end - start) + left.slice(end), text);

const CLAUSE = /[.!?;,](?:\s|$)|[。！？，、\n]|,(?=\p{sc=Han})|\s(?:but|aber|mais|pero|ma|sondern|while|however)\s/u;

/** Order numbers, each once, the one the message is about first: words in the same sentence say which was another time's. */
function inOrderOfMatter(text, found) {
  const weights = new Map();
  for (const [index, { id, start, end }] of found.entries()) {
    const before = folded(text.slice(Math.max(found[index - 1]?.end ?? 0, start - 60), start).replace(/[\s,:#(–-]+$/u, "")).split(CLAUSE).at(-1);
    const after = folded(text.slice(end, Math.min(found[index + 1]?.start ?? text.length, end + 50))).split(CLAUSE)[0];
    const denied = DENIED.test(before) || DENIED_AFTER.test(after);
    const weight = (OWN.test(before) || OWN.test(after) ? 1 : 0) - (OTHER.test(before) || OTHER.test(after) || denied ? 1.5 : 0);
    weights.set(id, Math.max(weight, weights.get(id) ?? -9));
  }
  return [...weights].sort((one, other) => other[1] - one[1]).map(([id]) => id);
}

function trackingNumber(text) {
  for (const form of TRACKING) if (form.test(text)) return form.exec(text)[0].replace(/[\s-]/gu, "").toUpperCase();
  const beside = BESIDE.exec(text)?.[1].replace(/[\s-]/gu, "") ?? "";
  return beside.length >= 10 ? beside.toUpperCase() : "";
}
