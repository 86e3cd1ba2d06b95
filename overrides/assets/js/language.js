// Which of the seven languages a text is written in. No DOM, no clock, no imports.
// Words that nearly every text has, without accents (they are often left out). A word of several languages counts for less; the languages in OTHERS
// are not offered, and only keep their speakers from being taken for a neighbour's.

const WORDS = {
  en: `the a an and or but if is are was were be been am i you he she it we they my your his her our their me him us them this that these those of to in on
    at for with from by as not no do does did done don't dont doesn't doesnt didn't didnt can't cant cannot can could would should will won't wont have has
    had haven't havent hasn't hasnt i'm im i've ive i'd it's its there here what when where who why how which yet still never ever just now then than so too
    very please pls thanks thank hi hello hey got get gone going came come arrived received ordered bought send sent order parcel package refund return item
    back broken wrong money want need after before today yesterday week weeks days month ago out up any some all one two only because about into mate sir
    give take make says said know anything nothing missing working work works u ur again help asap cancel late been off over while box inside
    damaged says dead perfect like there's product quality change delivery review seller customer since swap see down left right again`,
  de: `der die das den dem des ein eine einen einem einer und oder aber wenn ist sind war waren bin bist hab habe haben hat hatte hatten wird werden wurde
    worden ich du er sie es wir ihr mein meine meinen meinem meiner dein ihre ihren ihrem unser unsere mir mich dir dich uns euch ihnen ihm ihn dies diese
    dieser dieses nicht nich kein keine keinen nie noch schon nur auch mal doch ja nein sehr so zu zum zur von vom mit bei fur fuer auf aus nach vor seit
    uber ueber unter durch ohne an am im in ins um was wo wer wie wann warum welche welcher kann konnen koennen konnte konnten koennten soll sollte will
    wollte mochte moechte muss bitte danke dank hallo guten tag paket bestellung bestellt gekommen angekommen geliefert lieferung sendung kaputt defekt
    falsch geld zuruck zurueck ware artikel wurd gestern heute woche wochen tage tagen jetzt immer wieder da dass daß weil als man nix nichts etwas hier
    dann gibt habt seid wollen rechnung retoure erstattung ruckgabe geht fehlt fehlen leider moin gruss gruesse sache ne nen isch zwei drei gar wegen steht mehr funktioniert ging falsches
    falsche spiegel liegt beim beim letztes jahr teil reichts jetz och stand wurden meldet`,
  fr: `le la les un une des du de au aux et ou mais si est sont etait etaient suis es sommes etes je tu il elle on nous vous ils elles mon ma mes ton ta tes
    son sa ses notre nos votre vos leur leurs me te se moi ce cet cette ces ca cela c'est cest j'ai jai n'est n'ai n'a d'un d'une l'ai qu'il qu'on que qui quoi
    dont ou quand comment pourquoi combien quel quelle pas plus jamais rien toujours encore deja ne ni y en dans sur sous avec sans pour par chez depuis apres
    avant entre vers ai as a avons avez ont avait avais fait faire peut peux pouvez veux voudrais souhaite dois merci bonjour bonsoir svp commande commander
    colis livraison livre recu recue article produit rembourser remboursement retour casse cassee probleme argent jour jours semaine semaines mois hier
    aujourd'hui tres trop bien mal aussi alors donc car comme meme tout tous toute toujours reçu deux m'a trois demande faut carton prix garantie boite savoir
    ecrit passe va compte j'avais trouve renvoyer ans autre pris c'etait juste temps peu vu achete s'est n'y taille pourriez m'avez livreur reste delai
    serait aucune aucun sera voir cela donne cote fin j'en lundi matin confirme pied coupe pris jete marche fonctionne arrive envoye suivi facture svp stp voila
    y'a ya chez vendeur manque mauvais mauvaise toujours commandé votre etre avoir n'arrive n'est d'ici l'article l'appareil`,
  it: `il lo la i gli le un uno una di a da in con su per tra fra del dello della dei degli delle al allo alla ai agli alle dal dalla nel nella nei sul sulla
    e ed o ma se che chi cui non mi ti si ci vi me te lui lei noi voi loro mio mia miei mie tuo tua vostro vostra vostri vostre suo sua nostro questo questa
    questi quello quella sono sei e' siamo siete era erano ho hai ha abbiamo avete hanno avevo stato stata stati fatto fare posso puo potete vorrei voglio
    devo dove come quando perche quanto quale quali cosa niente nulla mai ancora gia piu molto troppo anche solo sempre poi ora adesso oggi ieri dopo prima
    grazie prego salve buongiorno buonasera ciao ordine ordinato pacco spedizione consegna consegnato arrivato arrivata ricevuto prodotto articolo reso
    rimborso soldi rotto rotta difettoso sbagliato giorni settimana settimane mesi mese funziona manca sto sta c'e cè cosi pero dall l'ordine dell'ordine
    l'articolo un'altra essere aver acquistato comprato rispedire restituire corriere fattura gentile cortesia accende spegne rompe aspetto aspettando vite sapere stesso stessa pagato venditore scatola taglia colore due io l'ho tutto tre senza fa scritto li bene quindi altro preso casa
    serve garanzia arriva nessuno detto basta faccio l'avete dite prezzo aperto qualcosa nuovo tempo invece anni volta c'era trovo chiedo giorno vedo avere
    mandate visto negozio punto tutti fuori quattro indietro chiesto fino favore figlia figlio entro dato regalo volte ogni torna dentro sembra mentre
    possibile lunedi nessuna sera mano tavolo sara meno pagare risposta domani sconto qualcuno lasciato giusto aveva dieci subito dire sia allora buon
    la bilancia lampada cucina fanno righe secondo`,
  es: `el la los las un una unos unas de del al a en con por para sin sobre entre hasta desde y e o u pero si que quien cual cuando donde como porque cuanto
    no ni nunca nada aun todavia ya muy mas menos tambien solo siempre yo tu el ella nosotros ustedes usted vosotros os me te se nos lo le les mi mis tu tus
    su sus nuestro vuestra este esta esto estos ese esa eso es son era fue soy estoy estamos ser estar ha he has hemos han habia hay hago hacer puedo puede
    pueden podria podrian quiero quisiera queria necesito tengo tiene hola buenas buenos dias tardes gracias favor pedido pedi paquete envio entrega
    entregado llegado llego llega llegar recibido recibi producto articulo devolver devolucion reembolso dinero roto rota defectuoso equivocado dia semana
    semanas mes meses ayer hoy ahora despues antes funciona falta viene vino compre comprado mande talla factura esta otra otro bien mal todo cada aqui alli
    dice q xq pq porfa cambio hace hicieron vendedor pagado cuenta transportista enciende apaga carga llamar
    rompio rompe quedo fatal sigue sigo esperando pasa mando devuelvan creo encima verguenza hoja mismo
    asi caja euros vez va saber algo casa orden tienda segun tarjeta nadie pone pasado voy compra venia numero vuelta fecha regalo dentro precio direccion
    pague coche lleva algun vuestro ahi hijo nuevo misma habeis tienen gustaria teneis pues vale silla puse anos almacen alguna plazo tiempo fuera ver
    verdad alguien estan veces tenia estaba compro entiendo pago hice ninguna dejo trae puesto ano dijeron lunes aunque sea maquina agua pantalla primera
    ningun horas estado tuve jueves nueva pienso reloj poco acabo estas dejado dado han vivo pesa parecia culpa estuve pude leer recibir cobrado`,
};
const OTHERS = {
  nl: `het een de van en ik je jij mijn mij niet geen maar waar wanneer wat wie hoe zijn heb hebben heeft wordt nog al naar voor met op uit bij ook dit dat deze
    pakket bestelling besteld ontvangen geld terug graag bedankt dank gekregen kapot kunnen jullie u uw is te er om`,
  pt: `o os um uma uns umas do da dos das no na nos nas em com por para pelo pela e ou mas se que quem onde quando como nao não sim meu minha seu sua voce voces
    isso este esta foi sao está estou tenho encomenda pedido chegou recebi ainda ola bom dia obrigado obrigada dinheiro devolver produto muito já ate`,
  pl: `nie jest sie w z na do i to ze jak ale czy co moj moja moje mnie mi mam paczka paczki zamowienie zamówienie prosze dziekuje kiedy gdzie jeszcze juz dzien dobry zwrot`,
  sv: `jag och att det som en ett är ar på pa för av med inte har min mitt mina ni hej tack paket paketet beställning fått var när till om kan`,
  tr: `bir ve bu icin için ben benim degil değil var yok ne nerede kargo siparis sipariş urun ürün merhaba lutfen lütfen tesekkurler iade cok çok hala geldi gelmedi`,
};
const LETTERS = [
  ["de", /[äöüß]/u, 0.5], ["es", /[ñ¿¡]|ción(?!\p{L})/u, 1], ["fr", /[êœùçîëï]|(?<!\p{L})(?:qu|j|n|c|m|s)['’]\p{L}/u, 0.7], ["fr", /(?<!\p{L})[ld]['’]\p{L}/u, 0.3],
  ["it", /[ìò]|(?<!\p{L})(?:dell|all|nell|sull|dall|un|quest)['’]\p{L}/u, 0.8], ["en", /n['’]t(?!\p{L})|['’](?:ve|re|ll)(?!\p{L})/u, 0.8],
  ["pt", /[ãõ]/u, 2], ["pl", /[łąęśźżń]/u, 2], ["sv", /å/u, 2], ["tr", /[şğı]/u, 2],
]; // prettier-ignore
const ENDINGS = [["de", /(?:ung|ungen|lich|keit|heit|schein|chen|tzt|cht)$/u], ["it", /(?:zione|zioni|mente|ato|ata|ggio|etto)$/u], ["es", /(?:cion|ciones|ado|ida|ito|aron)$/u],
  ["fr", /(?:ement|eux|euse|aient|ez|ette|eau)$/u], ["en", /(?:ing|ght|ness|ful|ould|ed)$/u]]; // prettier-ignore
// Japanese without kana is rare and short; these are its words, or its shapes of characters.
const JAPANESE = /返金|未着|注文|届|至急|荷物|御中|返品希望|佐川|[様込払円駅価気発売図変両処続児読沢辺桜戻働対]/u;
const KANA = /[\p{sc=Hiragana}\p{sc=Katakana}]/gu;

/** Lower case without accents; ß is ss. */
export const folded = (text) => text.toLowerCase().replaceAll("ß", "ss").replaceAll("’", "'").normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC");

const VALUES = new Map(); // word -> [[language, what it counts for]]
{
  const spoken = new Map();
  for (const [code, words] of Object.entries({ ...WORDS, ...OTHERS })) for (const word of words.split(/\s+/u).map(folded)) spoken.set(word, (spoken.get(word) ?? new Set()).add(code));
  for (const [word, codes] of spoken) VALUES.set(word, [...codes].map((code) => [code, (word.length > 1 ? 1 : 0.5) / codes.size ** 1.5]));
}

/** Whether a word is an everyday word of one of the languages; `word` from `folded`. */
export const isEveryday = (word) => VALUES.has(word);

/** The language of a text: en, de, fr, it, es, ja or zh, or "" where it is another or cannot be told. */
export function language(message) {
  const text = message.normalize("NFKC").replace(/https?:\S+|\S+@\S+/gu, " ");
  const han = (text.match(/\p{sc=Han}/gu) ?? []).length;
  const kana = (text.match(KANA) ?? []).filter((one) => one !== "の").length;
  const latin = (text.match(/\p{sc=Latin}+/gu) ?? []).length;
  const rest = (text.match(/\p{L}/gu) ?? []).length;
  if ((text.match(/[\p{sc=Hangul}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Greek}\p{sc=Thai}\p{sc=Hebrew}\p{sc=Devanagari}]/gu) ?? []).length * 2 > rest) return "";
  if (han + kana > latin && han + kana > 1) {
    if (kana && kana * 12 >= han) return "ja";
    return han < 20 && JAPANESE.test(text) ? "ja" : "zh";
  }
  const scores = new Map([...Object.keys(WORDS), ...Object.keys(OTHERS)].map((code) => [code, 0]));
  const add = (code, value) => scores.set(code, scores.get(code) + value);
  for (const word of text.toLowerCase().match(/[\p{L}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu) ?? []) {
    const plain = folded(word);
    for (const [code, value] of VALUES.get(plain) ?? []) add(code, value);
    for (const [code, letters, value] of LETTERS) if (letters.test(word)) add(code, value);
    if (!VALUES.has(plain) && plain.length > 5) for (const [code, ending] of ENDINGS) if (ending.test(plain)) add(code, 0.15);
  }
  const [[best, most], [, second]] = [...scores].sort((one, other) => other[1] - one[1]);
  return most >= 0.4 && most >= 1.15 * second && best in WORDS ? best : "";
}
