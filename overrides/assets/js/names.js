// The name a buyer signs with. No DOM, no clock. What is unsure is left empty: a wrong name in a greeting is worse than none.
// Rules for kinds of signing: below a closing word, after it, after a dash, alone on the last line, as the last few words, or in "my name is".

import { folded, isEveryday } from "./language.js";

const MOST = 5; // words of a name
const FOOTER = /^(?:[-–—_*\s]*(?:sent (?:from|with|via)|get outlook|gesendet (?:mit|von|über)|von mein(?:em|er)|envoyé (?:de|depuis)|inviato da|enviado (?:desde|con)|发自|發自|从我的|iphoneから|this message|diese e-?mail|disclaimer)|p\.?\s?s\.?[\s:,]|[>|[])|から送信/iu;
const CONTACT = /\p{L}@|https?:|www\.|(?:\+|\d[\d\s/().-]{5,}\d)|(?:^|\s)(?:tel|mobil|phone|cell|tél|móvil)/iu;
const TITLE = /^(?:dra?|profa?|mª|mr|mrs|ms|miss|mx|sir|dame|lady|lord|rev|fr|pastor|capt|sgt|maj|col|herr|frau|hr|fr|fam|familie|family|famille|famiglia|familia|dipl|ing|mag|m|mme|mlle|monsieur|madame|mademoiselle|sig|sigra|signor|signora|signorina|dott|dottssa|dottoressa|avv|geom|rag|arch|sr|sra|srta|señor|señora|señorita|don|doña|lic|me|med|phil|jur|rer|nat)$/iu;
const PARTICLE = /^(?:von|van|vom|der|den|de|del|della|di|da|dos|du|des|la|le|los|las|zu|zur|ter|ten|y|i|e|et|und|and|u|bin|ibn|ben|al|el|ní|ó|mac|d['’]|&|\+)$/iu;
// Never part of a buyer's name: the people and firms of the trade, and what people write alone at the end of a message.
const NEVER = new Set(
  `amazon amazone prime seller sellers shop store team support service customer customers client cliente clienti clientes clients kunde kundin kunden acheteur acheteuse
  acquirente comprador compradora buyer buyers käufer kaeuferin user member mitglied company firma gmbh llc ltd inc limited co kg ag srl spa sl sarl sas corp
  dhl ups dpd gls hermes evri fedex usps tnt yodel chronopost colissimo mondial relay brt bartolini sda poste correos seur mrw post royal mail canada purolator
  driver courier fahrer bote postbote zusteller livreur facteur corriere postino repartidor cartero neighbour neighbor nachbar nachbarin voisin vicino vecino
  iphone ipad android samsung galaxy outlook gmail paypal visa mastercard klarna bank google apple facebook whatsapp telegram ebay
  thanks thank thankyou thx rgds bud accounts accounting retd regards cheers sincerely best wishes danke dank gruß gruss grüße gruesse mfg lg vg merci cordialement salutations grazie saluti gracias
  saludos blessings greetings hello hi hey hallo bonjour ciao hola please bitte prego asap urgent urgently dringend eilt help hilfe aide aiuto ayuda refund rückerstattung erstattung
  replacement ersatz ok okay yes no ja nein oui non si sorry lol haha thx bye goodbye tschüss cya xx xxx xo xoxo disappointed annoyed angry upset frustrated unhappy
  furious fed enttäuscht verärgert sauer déçu déçue deluso delusa decepcionado disgusted disgusting unacceptable unbelievable ridiculous pathetic disgrace disgraceful
  shocking terrible horrible awful rubbish joke scam fraud frechheit unverschämt schade imposible impossible impossibile increible incroyable incredibile inakzeptabel unmöglich inacceptable vergogna vergognoso vergüenza inaceptable
  advance voraus vorab anticipo antemano avance reply answer antwort réponse risposta respuesta response order bestellung commande ordine pedido parcel paket colis
  pacco paquete delivery lieferung germany deutschland österreich schweiz france italia españa uk usa london berlin münchen hamburg köln wien paris roma milano madrid
  barcelona monday tuesday wednesday thursday friday saturday sunday montag dienstag mittwoch donnerstag freitag samstag sonntag january february march april june july
  august september october november december januar februar märz juni juli oktober dezember christmas weihnachten navidad natale joyeux joyeuses frohe feliz felices buon contact contactez ah oh winter summer same ufficio studio kind kindly dear love darling sweetheart dept department abteilung buchhaltung friend friends
  day weekend tag wochenende journée soirée giornata serata god allah bless jesus everyone all guys mate pal sirs madam misspelled misspelt missing falsch anonymous anonym black white red blue green
  image bild photo photos foto attachment anhang confidential warranty garantie garantía garanzia invoice rechnung facture fattura factura`
    .split(/\s+/u)
    .map(folded),
); // prettier-ignore
const NAMES_TOO = new Set("hanno mia will ben per may art mark sara don ana ali eva rose grace sue tina rob bill pat ray".split(" ")); // everyday words that are names when capital

const CAPITAL = /^(?:\p{Lu}|d['’]\p{Lu})[\p{L}\p{M}'’.-]*$/u;
const INITIAL = /^\p{Lu}\.?$|^\p{Lu}\.(?:-?\p{Lu}\.)+$/u;

const CLOSINGS = {
  en: `(?:with )?(?:(?:kind(?:est)?|best|warm(?:est)?|many|sincere)\\s+)?(?:regards|greetings)|from|best wishes|warm wishes|all the best|best|yours(?: (?:sincerely|faithfully|truly|etc))?|sincerely(?: yours)?|respectfully|cordially|cheers|thanks|thank you|many thanks|thankyou|thx|ty|tia|ta|rgds|br|blessings|god bless|love|take care|cheerio|warmly|signed|faithfully|have a (?:nice|good|great|lovely) \\p{L}+|looking forward|thanking you|(?:much |greatly )?appreciated|please (?:help|advise|reply)|kindly (?:help|check|advise)|greetings|obrigad[oa]|xo+|xx+|much obliged|obliged|hugs|(?:lots of )?love|with (?:many |much )?thanks|peace`,
  de: `(?:mit )?(?:(?:ganz )?(?:freundlich|lieb|best|viel|herzlich|schön|nett|sonnig|freundl)(?:e[nrms]?|\\.)?\\s+)*(?:gr(?:ü|u|ue)(?:ß|ss)(?:e[n]?)?)|mfg|m\\.f\\.g\\.|lg|vg|bg|hg|hochachtungsvoll|(?:vielen|besten|herzlichen|lieben|tausend|schon (?:jetzt|mal)|im voraus)?\\s*(?:dank|danke|dankeschön|dankesehr)|schönen (?:tag|abend)|ihre?|eure?|servus|tschüss|ciao`,
  fr: `(?:bien )?cordialement|(?:bien |sincèrement )?à (?:vous|toi)|(?:sincères |meilleures |cordiales )?salutations|merci|respectueusement|amicalement|sincèrement|cdlt|cdt|crdlt|cldt|bonne (?:journée|soirée)|bonne réception|veuillez (?:agréer|recevoir)|dans l['’]attente|à bientôt|bisous`,
  it: `(?:cordiali|distinti|tanti|cari|i miei)?\\s*saluti|un (?:caro |cordiale )?saluto|cordialmente|(?:mille |tante )?grazie|(?:la|vi|ti) ringrazio|in attesa|(?:resto|rimango) in attesa|attendo|buona (?:giornata|serata)|a presto|in fede`,
  es: `(?:un |muchos |reciban? un )?(?:cordial(?:es)? |atento )?saludos?|atentamente|atte|(?:muchas |mil |muchísimas )?gracias|(?:un )?abrazo|cordialmente|quedo a la espera|a la espera|que tengan? (?:un )?buen día|firmado|fdo`,
};
const SIGN = Object.values(CLOSINGS).join("|");
const SIGN_LINE = new RegExp(`^(?:${SIGN})(?!\\p{L})[^.!?\\n]{0,60}[,.!\\s~–—-]*$`, "iu"); // a line that only closes
// A closing at a sentence's beginning, its own further words, then what may be the name.
const SIGN_INLINE = new RegExp(`(?:^|[\\n.!?,;…)]\\s*|\\s[-–—]\\s*|[\\d@]\\s+)((?:${SIGN})(?!\\p{L})(?:,?\\s+(?:e|und|and|et|y|u\\.)\\s+(?:${SIGN})(?!\\p{L}))*)([^.!?\\n]{0,70}?)([,.!:\\n–—~-]+\\s*|\\s+)([^,.!?\\n\\d][^,!?\\n\\d]{0,45})$`, "iu");
const THANKS = /^(?:thanks|thank you|thankyou|thx|ty|merci|danke|.*dank|.*grazie|.*gracias|ihre?|eure?|best|love|in attesa|attendo)$/iu; // may greet: a comma or line must part the name from them

// A full stop that ends a sentence, not an initial or a title; then the last words.
const STOP = `(?<!(?:^|[\\s.])(?:\\p{Lu}|Mrs?|Ms|Mx|Dra?|Profa?|Pr|Fr|Hr|Fam|Mme|Mlle|Sr|Sra|Srta|Sig|Dott|Avv|Ing|Mohd|Md|St|Rev))[.]`;
const ENDING = new RegExp(`^.*(?:(?:[!?…)]|${STOP})["”]?\\s+|@{17,}[\\s,.)–-]*)(\\p{Lu}[^!?,;:@]*?(?:(?<=\\s)\\p{Lu}\\.)?)$`, "u");
const AFTERWARDS = /[\s,;.(–-]*(?:(?<!\p{L})(?:(?:my|the|meine|mon|ma|il mio|mi)\s)?(?:order|number|ref|bestell|auftrag|commande|ordine|pedido|num|nr|no|n°)[\p{L}-]*(?:\s(?:number|no|nr|id|num[eé]ro)\.?)?[.:#\s]*)?@{17,}[).\s]*$/iu;

const P = "[\\p{Lu}][\\p{L}\\p{M}'’.-]*";
const FULL = `((?:${P}\\s+)?${P}(?:\\s+(?:${P}|von|van|de|del|della|di|da|la|der|den|le|du|al|bin)){0,4})`;
// What follows a name said in a sentence; `INTRO` and `I_AM` read text whose opening words `introduced` has made small.
const AFTER_NAME = `(?=\\s*(?:[,.!?;:()\\n–—-]|$|\\s(?:and|und|et|e|y|from|aus|de|da|here|hier|again|nochmals?|wieder|encore|ancora|with|mit|I|we|my|ich|wir|je|io|yo)(?!\\p{L})))`;
const INTRO_WORDS = `my name(?:['’]s| is)|(?:hi+|hello|hey+|hiya)(?: (?:all|there|ya['’]?ll|team|guys))?,? (?:it['’]s|its|this is)|(?<=^|[\\n.!?,]\\s*)this is|mein name ist|mein name:|ich hei(?:ß|ss)e|hier (?:ist|spricht|schreibt)|je m['’]appelle|mon nom est|mi chiamo|il mio nome è|me llamo|mi nombre es|les? escribe|name:|nombre:|nome:|nom:`;
const INTRO = new RegExp(`(?<!\\p{L})(?:${INTRO_WORDS})\\s+${FULL}${AFTER_NAME}`, "gu");
const I_AM = new RegExp(`(?<!\\p{L})(i am|i['’]m|ich bin|je suis|c['’]est|ici|sono|soy)\\s+${FULL}${AFTER_NAME}`, "gu");
const OPENING = /(?<!\p{L})(?:My|This|Mein|Hier|Je|Mi|Me|Il|Ich|I|C|Ici|Sono|Soy|Les?|Hi|Mon|Name|Nombre|Nome|Nom)(?=['’\s:])/gu;
const SMALL_INTRO = /(?<!\p{L})(?:my name is|mein name ist|ich hei(?:ß|ss)e|je m['’]appelle|mi chiamo|me llamo|mi nombre es)\s+(\p{Ll}[\p{L}'’-]+(?:\s\p{Ll}[\p{L}'’-]+)?)(?=\s*(?:[,.!?\n]|$)|\s(?:and|und|et|e|y)\s)/iu;
const HERE = new RegExp(`(?:^|[\\n.!?,]\\s*|(?:hi+|hello|hey+|hiya|sir|ma'am),?\\s+)${FULL}(?:\\s+from\\s[^,.!?]{2,20})?\\s+(?:here|again|this side|hier|ici)(?=\\s*(?:[,.!\\n]|again|$))`, "u");
const GREETED = /(?:^|[\n.!?,]\s*)(?:hi|hello|hey|dear|hiya|good (?:morning|day|evening|afternoon)|hallo|liebe[rs]?|sehr geehrte[rs]?|guten (?:tag|morgen|abend)|moin|bonjour|bonsoir|cher|chère|salut|buongiorno|buonasera|ciao|gentile|gentilissim[oa]|salve|spett(?:abile|\.le)?|hola|buenas|buenos días|buenas tardes|estimad[oa]s?|querid[oa])\s+((?:\p{L}{1,5}\.\s)*[^,.!?\n:]{2,40})/giu;

const SURNAME = "[付陶凌王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鐘鍾汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞殷施洪游詹柯简簡温溫翁童俞倪齐章严嚴祝梅盛褚管邢裴柳鲁華华凌甘岑涂]|欧阳|歐陽|司马|上官|诸葛|慕容|司徒";
const ZH_TITLE = "先生|女士|小姐|太太|同学|老师|阿姨|大姐|师傅|老師|同學|妈妈|媽媽|某";
const ZH_NAME = `(?:(?:Mr|Mrs|Ms|Miss|Dr)\\.? \\p{Lu}\\p{Ll}+|\\p{Lu}\\p{Ll}+ (?:${SURNAME})(?!\\p{sc=Han})|\\p{sc=Han}{1,3}[妈爸媽](?![妈爸媽])|(?:${SURNAME})(?:\\p{sc=Han}{1,2})?(?:${ZH_TITLE})|(?:${SURNAME})\\p{sc=Han}{1,2}|[小老阿大]\\p{sc=Han}(?!\\p{sc=Han})|\\p{Lu}[\\p{Ll}]+(?: \\p{Lu}[\\p{L}]*){0,2})`;
const NOT_ZH = /[中学大]学?生$|高中|初中|谢谢|謝謝|谢了|多谢|感谢|许多|高兴|高度|何时|何必|任何|白买|白花|万分|方便|方面|常常|易碎|石头|文件|金额|金色|余额|黄色|白色|毛病|马上|马桶|周[一二三四五六日末到围]|温度|程度|程序|顾客|武汉|江苏|江西|石家|苏州|龙岗|常州|温州|金华|广州|田园|游客|管理|管家|严重|盛[大夏]|华为|高手|白领|文[科员]|方案|章节|简单|小白|小孩|小心|小米|老板|老客|老公|老婆|老铁|老妈|老爸|老人|(?<!^.{1,3})老师$|阿里|祝好|祝您|祝你|祝[生商]|金属|范围|余[下款]|段时|童装|柳州|[者员人的了吗呢吧啊客户]$/u;
const ZH_END = new RegExp(`(?:谢谢(?:您|你|啦|了|哈|大家)?|謝謝(?:您|你|喔)?|感谢|感謝|感激不尽|祝好|此致|敬礼|敬禮|敬上|祝[^，。！\\n]{1,8}|拜托(?:了|啦)?|麻烦(?:了|你了|您了)|多谢|辛苦了)[\\s，,。.！!~～…—–-]*(${ZH_NAME})(?:\\s*(?:敬上|上|留|拜上|字))?[。.\\s]*$`, "u");
const ZH_INTRO = new RegExp(`(?:^|[\\s，,。！!？?、：:])(?:我是|我叫|本人叫?|敝姓|我的名字[叫是]|收件人是我|署名[:：]?|买家[:：]|姓名[:：]?|买家叫|名字[:：])\\s*(${ZH_NAME})(?=[，,。.！!？?、；;\\s]|$)`, "u");
const ZH_DASH = new RegExp(`[^—–-][—–-]{1,3}\\s*(${ZH_NAME})[。.]?$`, "u");
// The last words alone, after a sentence's end or an order number.
const ZH_LAST = new RegExp(`(?:[。！？!?…~～]|@{17,}[)）]?)[\\s，,。]*(?:\\p{sc=Han}{2,14}\\s+){0,2}(${ZH_NAME}|(\\p{sc=Han})\\2|(?:\\p{Lu}\\.){2,3})(?:\\s*(?:敬上|上|留))?[。.\\s]*$`, "u");
const ZH_LINE = new RegExp(`^[\\s—–~～―-]*(${ZH_NAME})(?:\\s*(?:敬上|谨上|留言?|上|拜上|字|启))?[。.\\s]*$`, "u");

const JA_FAMILY = /^(?:佐藤|鈴木|高橋|田中|伊藤|渡[辺邊邉部]|山[本口田下崎中内根川岸形]|中[村島川野山田尾西井]|小[林川野池島山松泉]|加藤|吉[田川村野]|佐々木|松[本田尾下井岡浦村永]|井上|木村|林|斎藤|斉藤|齋藤|清水|森[田本]?|池田|橋本|阿部|石[川井田原橋塚]|前[田川]|藤[田井原本岡]|小?[河川][村口上野合]|後藤|岡[田本崎村]?|長谷川|村[上田井松瀬]|近藤|坂[本口井]|遠藤|青[木山]|西[村田川山尾]|福[田島井岡本]|太田|大[野塚西橋久島谷沢川田]|三[浦好宅輪上]|原田?|中|金[子井田]|[和柴黒武成千荒菅]田|竹[内田下中]|上[田野原村]|今[井村]|杉[山本浦]|丸山|増田|平[野田井山]|新井|安[藤田]|宮[崎本田川]|谷[口川]?|島[田崎村本袋]|工藤|横[山田]|内[田山藤]|高[木田野島]|関|野[口村田]|菊[地池]|桜井|水野|北[村川]|秋[山田]|古[川賀]|浅野|熊谷|星野|松|東|久保|土[井屋]|本[田間]|望月|永[井田]|市川|樋口|早川|浜田|堀|片山|須藤|菅原|飯田|服部|岩[崎田井本]|桑原|相[川馬]|榎本|辻|矢野|吉岡|黒木|有[田馬]|白[石井]|川[崎島端]|津田|木[下内]|奥[田村]|大[木森石]|堤|浅井|江[口藤]|河[野合]|笠原|長[田尾]|宇野|富田|徳永|戸田|尾崎|麻生)/u;
const WHOLE_FAMILY = new RegExp(`(?:${JA_FAMILY.source})$`, "u");
const JA_KANJI = "(?:[\\p{sc=Han}々]{1,4}(?:[ 　]?[\\p{sc=Han}々]{1,3}|[ 　]?(?!より|です|から|とい|と申|でし)\\p{sc=Hiragana}{2,4}|[ 　]?\\p{sc=Katakana}[\\p{sc=Katakana}ー]{1,4})?|\\p{sc=Katakana}[\\p{sc=Katakana}ー・ 　]{1,14}|\\p{Lu}\\p{Ll}+(?: \\p{Lu}\\p{L}*){0,2})";
const NOT_JA = /以上|至急|返[金品送]|交換|希望|願|対応|確認|連絡|購入|商品|注文|追伸|敬具|草々|担当|店[長舗]|様|御中|今後|不良|不快|最[悪低]|残念|失礼|初めて|困|本当|普通|中古|じゃん|使う|結構|大丈夫|無理|未[着開使]|破損|故障|説明|写真|利用|同[じ様]|問題|詐欺|偽物|状態|感謝|宜敷|宜|早急|急|自分|家族|子供|主人|妻|夫|娘|息子|孫|母|父|友人|[都道府県市区町村]$|です|ます|した|さん|サイズ|セット|カラー|ケース|アマゾン|ヤマト|ダメ|ショック|お|ありがとう/u;
const JA_END = new RegExp(`(?:(?:宜|よろ|夜露)し[くゅ]*[^。\\n]{0,14}|願い(?:致|いた)?し?ます|願います|以上(?:です)?|ありがとうございま(?:す|した)|敬具|草々|失礼(?:いた|致)?します|待ちしております|幸いです)[。、．.！!…\\s　(（]*(${JA_KANJI})(?:[ 　]?(?:より|拝|です|でした))?[)）。.\\s　]*$`, "u");
const JA_INTRO = new RegExp(`(?<![\\p{sc=Han}々])(${JA_KANJI})(?:と(?:申|もう)し(?:ます|まして)|と(?:言|い)います|ともうします)`, "u");
const JA_START = new RegExp(`(?:^|[。！!、,\\s])(?:[^。、]{0,20}した)?(${JA_KANJI})です(?=[。、！!\\s]|$)`, "u");
const JA_AFTER_ORDER = new RegExp(`@{17,}[)）]?[\\s　／/、。]*((?:\\p{Lu}\\.){2,3}|[\\p{sc=Han}々]{1,3}[ 　]?\\p{sc=Hiragana}{1,3}\\p{sc=Han}|\\p{sc=Hiragana}{2,4}|${JA_KANJI})(?:[ 　]?(?:より|拝))?[。.]?$`, "u");
const JA_LAST = new RegExp(`[。！!?？…）)\\s　]\\s*(${JA_KANJI})(?:より|拝|です)?[。.]?$`, "u");
const JA_WHOLE = /[。！!?？…）)\s　]\s*((?<=[。！!?？…笑]　)(?:\p{sc=Hiragana}{2,4}|\p{sc=Katakana}{2,5})(?=$)|[\p{sc=Han}々]{1,3}[ 　][\p{sc=Han}々]{1,3}|[\p{sc=Han}々]{1,3}[ 　]\p{sc=Hiragana}{2,4}|\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+|(?:\p{Lu}\.){2,3})[。.]?$/u;
const JA_LINE = new RegExp(`^[\\s　—―～~-]*(${JA_KANJI})(?:[ 　]?(?:より|拝))?[。.\\s　]*$`, "u");

/** The name as signed, title and spelling kept, or "" where none is sure. `lang` from `language`; order numbers must be masked with @. */
export function signedName(message, lang) {
  const lines = message.replace(/\r\n?/gu, "\n").split("\n").map((line) => line.replace(/[\p{Extended_Pictographic}\ufe0f\u200d]/gu, "").trim()).filter(Boolean); // prettier-ignore
  const foot = lines.findIndex((line, index) => index > 0 && FOOTER.test(line));
  const body = foot > 0 ? lines.slice(0, foot) : [...lines];
  while (body.length > 1 && (!/\p{L}/u.test(body.at(-1).replace(AFTERWARDS, "")) || CONTACT.test(body.at(-1)))) body.pop();
  if (!body.length) return "";
  return (lang === "zh" && chinese(body)) || (lang === "ja" && japanese(body)) || western(body, lang);
}

const untitled = (name) => folded(name).split(/\s+/u).filter((word) => !TITLE.test(word.replace(/\./gu, "")) && word !== "herrn").join(" "); // prettier-ignore

function western(lines, lang) {
  const greeted = new Set([...lines.join("\n").matchAll(GREETED)].map((found) => untitled(found[1])));
  const kept = (name) => (name && !greeted.has(untitled(name)) ? name : "");
  const closing = lines.findLastIndex((line, index) => index >= lines.length - 5 && index < lines.length - 1 && SIGN_LINE.test(line.split(/[.!?]\s+/u).at(-1)));
  if (closing >= 0) return kept(asName(lines[closing + 1], true));
  const numbered = AFTERWARDS.test(lines.at(-1)); // what stands before an order number at the end may be a label
  const last = lines.at(-1).replace(/(?<=[.!\s])P\.?\s?S\.?[:\s].*$/u, "").replace(AFTERWARDS, "").trimEnd();
  for (let tail = last.slice(-160), found; (found = SIGN_INLINE.exec(tail)); tail = tail.slice(found.index + 1)) {
    const [, words, more, parted, rest] = found;
    const apart = /[,.!:\n–—~-]/u.test(parted); // "Thanks, Tom" is signed; "Thanks Tom" may as well thank him
    const name = apart || (!THANKS.test(words.trim()) && !/\S/u.test(more)) ? kept(asName(rest, !/\S/u.test(more))) : "";
    if (name) return name;
  }
  if (lines.length > 1 && !numbered) {
    const alone = kept(asName(last, /^[-–—~*]/u.test(last) || /^\p{Ll}{3,}$/u.test(last)));
    if (alone) return alone;
  }
  const above = lines.length > 2 && last.length < 50 && !/[.!?]$/u.test(last) && /\s/u.test(lines.at(-2)) ? kept(asName(lines.at(-2), false, 3)) : "";
  if (above) return above;
  const dashed = /(?:^|[.!?…)]\s*|\s)(?:[-–—~]+|\/+)\s*((?:\p{Lu}\.\s?){0,3}\p{Lu}[^.!?,;:\d]{1,30}(?:(?<=\s\p{Lu})\.)?)\.?$/u.exec(last);
  if (dashed) return kept(asName(dashed[1], false, 3));
  const ending = numbered && !/[,;]\s*(?:order|ref|bestell|commande|ordine|pedido)?[^,]{0,12}$/iu.test(lines.at(-1).slice(0, lines.at(-1).indexOf("@"))) ? null : ENDING.exec(last);
  const initials = /[.!?]\s+((?:\p{Lu}\.){2,3})$/u.exec(last);
  if (initials) return initials[1];
  // "Mrs. Gutierrez, PTA", and a word of farewell that no list has: "Kenavo, Anne-Laure Guivarch".
  const role = /(?:[.!?]\s+|^)((?:(?:Mr|Mrs|Ms|Dr|Mme|Frau|Herr)\.?\s)?\p{Lu}[\p{L}'’-]+(?:\s\p{Lu}[\p{L}'’-]+)?),\s[^.!?,]{2,24}$/u.exec(last);
  const known = role && /\s/u.test(role[1]) ? kept(asName(role[1], false, 3)) : "";
  const farewell = /[.!?\d]\s+[^.!?,\d]{3,34},\s+((?:\p{L}+\.?\s)?\p{Lu}[\p{L}'’-]+\s\p{Lu}[\p{L}'’-]+)$/u.exec(last);
  const parted = known || (farewell && lang !== "de" ? kept(asName(farewell[1], false, 3)) : "");
  if (parted) return parted;
  const trailing = ending && mayStandAlone(ending[1].trim()) ? kept(asName(ending[1], false, 4)) : "";
  return trailing || kept(introduced(lines.join("\n")));
}

/** Whether the last words may be a name without any closing: "Nice." is a sentence, and German nouns are capital as well. */
const mayStandAlone = (words) => /\s/u.test(words) || !/\.$|(?:ung|heit|keit|schaft|chen|ck|tion|ment)$/u.test(words);

function introduced(text) {
  const small = SMALL_INTRO.exec(text);
  const called = small ? asName(small[1], true, 2) : "";
  if (called) return called;
  const opened = text.replace(OPENING, (word) => word.toLowerCase());
  for (const [, full] of opened.matchAll(INTRO)) if (asName(full, false, 4)) return asName(full, false, 4);
  for (const [, words, full] of opened.matchAll(I_AM)) {
    const name = asName(full, false, 4);
    // "I'm German", "Je suis Belge": one word after "I am" is too often no name; Italian and Spanish write those small.
    if (name && (/\s/u.test(name) || words === "sono" || words === "soy")) return name;
  }
  const here = HERE.exec(opened.slice(0, 60));
  return here ? asName(here[1], false, 4) : "";
}

/** A piece of text as a name, or "". `small`: names without capitals are taken too (after a closing); `most` words. */
function asName(piece, small, most = MOST) {
  const cut = piece.trim().replace(/^(?:ihre?|eure?|euer|deine?|yours?|votre|vostr[oa]|von|from|da|dalla|de la part de)\s+(?=\p{Lu})/iu, "").replace(/\s*(?:[(,|/]|\s(?:aus|from|de chez|in|vom)\s+\p{Lu}).*$/u, "").replace(/^[\s\-–—~*_"'•<(]+|[\s\-–—~*_"'>)!?…:;]+$/gu, "").replace(/(?:\s+x+)$/iu, "");
  if (/^(?:the|die|la|les?)\s\p{Lu}[\p{L}'’-]+\s(?:family|familie|famille|famiglia|familia)$/iu.test(cut)) return cut;
  const text = /(?:^|\s|\.)\p{L}{1,2}\.$/u.test(cut) ? cut : cut.replace(/\.+$/u, "");
  const words = text.split(/\s+/u);
  if (!text || words.length > most + words.filter((word) => TITLE.test(word.replace(/\./gu, ""))).length || /[\d@#€$£%:?!"“”„_]/u.test(text)) return "";
  let solid = 0;
  for (const [index, word] of words.entries()) {
    const plain = folded(word.replace(/\.$/u, ""));
    const first = index === 0;
    const last = index === words.length - 1;
    if (TITLE.test(word.replace(/\./gu, "")) && last && !solid) return "";
    if ((TITLE.test(word.replace(/\./gu, "")) && !last) || (PARTICLE.test(word) && !first && !last) || INITIAL.test(word)) continue;
    if (plain.split(/[-'’]/u).some((part) => NEVER.has(part))) return "";
    if (isEveryday(plain) && !(CAPITAL.test(word) && NAMES_TOO.has(plain))) {
      if (first && !last && CAPITAL.test(word) && PARTICLE.test(word)) continue; // "De Luca", "La Rosa"
      return "";
    }
    if (!CAPITAL.test(word) && !(small && words.length <= 3 && /^\p{L}[\p{L}\p{M}'’-]+$/u.test(word))) return "";
    solid += 1;
  }
  return solid || (small && /^(?:\p{Lu}\.\s?){2,3}$/u.test(text)) ? text : "";
}

function chinese(lines) {
  const good = (found) => (found && !NOT_ZH.test(found[1]) ? found[1].trim() : "");
  const last = lines.at(-1);
  return (lines.length > 1 && good(ZH_LINE.exec(last))) || good(ZH_END.exec(lines.slice(-2).join("\n"))) || good(ZH_DASH.exec(last)) || good(ZH_LAST.exec(last)) || good(ZH_INTRO.exec(lines.join("\n")));
}

function japanese(lines) {
  const good = (found, known) => (found && (WHOLE_FAMILY.test(found[1]) || !NOT_JA.test(found[1])) && (!known || JA_FAMILY.test(found[1])) ? found[1].trim() : "");
  const text = lines.join("\n");
  return (
    (lines.length > 1 && good(JA_LINE.exec(lines.at(-1)))) || good(JA_END.exec(lines.slice(-2).join("\n"))) || good(JA_INTRO.exec(text)) ||
    good(JA_AFTER_ORDER.exec(lines.at(-1))) || good(JA_START.exec(text.slice(0, 80)), true) || good(JA_LAST.exec(lines.at(-1)), true) || good(JA_WHOLE.exec(lines.at(-1))) || good(new RegExp(`(?:^|[。！!\\s])(${JA_KANJI})でした?。?$`, "u").exec(text), true)
  ); // prettier-ignore
}
