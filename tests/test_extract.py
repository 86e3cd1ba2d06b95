"""What is read out of a buyer's message: language, order numbers, the signed name, tracking number, dates, mood. Made-up messages, odd on purpose."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest

from macros.javascript import Module
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def reader() -> Iterator[Module]:
    """The browser's extract.js, in an embedded engine."""
    modules = Module(ROOT / "overrides" / "assets" / "js" / "extract.js")
    yield modules
    modules.close()


def wrong(got: list[Any], cases: list[tuple[str, Any]]) -> list[tuple[str, Any, Any]]:
    return [(text, wanted, given) for (text, wanted), given in zip(cases, got, strict=True) if given != wanted]


LANGUAGES = [
    ("Größe völlig daneben", "de"),
    ("mañana", "es"),
    ("dov'è il mio pacco", "it"),
    ("ancora niente pacco", "it"),
    ("il tavolo è graffiato", "it"),
    ("mi manca una vite", "it"),
    ("quando arriva il mio ordine", "it"),
    ("voglio indietro i soldi", "it"),
    ("llego roto el vaso", "es"),
    ("donde esta mi pedido", "es"),
    ("quiero devolver las zapatillas", "es"),
    ("me falta un tornillo", "es"),
    ("no enciende la lampara", "es"),
    ("la lampe ne s'allume pas", "fr"),
    ("il manque une vis", "fr"),
    ("je veux etre rembourse", "fr"),
    ("toujours pas recu", "fr"),
    ("schraube fehlt was tun", "de"),
    ("will mein geld zurueck", "de"),
    ("lampe geht nicht an", "de"),
    ("届いてない", "ja"),
    ("箱が潰れていた", "ja"),
    ("返品方法教えて", "ja"),
    ("还没收到货", "zh"),
    ("想退货", "zh"),
    ("我的 order 还没 delivered", "zh"),
    ("where's my stuff at", "en"),
    ("lid was cracked mate", "en"),
    ("Hello, Bluetooth Speaker JBL Flip 6 funktioniert nicht mehr", "de"),
    ("Kan jeg få pengene tilbage", ""),
    ("Quero devolver o produto que chegou quebrado", ""),
    ("ürün hala gelmedi", ""),
    ("Ik wil mijn geld terug", ""),
    ("배송이 안 왔어요", ""),
    ("12345", ""),
    ("??", ""),
    ("il colore non è quello della foto", "it"),
    ("la talla no es correcta", "es"),
    ("la taille n'est pas bonne", "fr"),
]
NAMES = [
    ("Hello Marta,\nthe lamp is broken, please send another.\nThank you, Marta", ""),
    ("Dear Mr. Lee,\nstill no parcel.\nMany thanks, Mr. Lee", ""),
    ("Buongiorno, il pacco non è mai arrivato. Ordine 404-1234567-1234567. Cordiali saluti, Marco Bianchi", "Marco Bianchi"),
    ("Salve, sono Giulia Ferri e ho ordinato un frullatore che non funziona. Come posso fare?", "Giulia Ferri"),
    ("Gentile Sig. Rossi, la lampada è arrivata rotta.\nCordiali saluti", ""),
    ("ho ricevuto la taglia sbagliata, come faccio il cambio? grazie\nFrancesca", "Francesca"),
    ("Mi chiamo Luca Conti, il corriere Paolo ha lasciato il pacco al vicino.", "Luca Conti"),
    (
        "Il tostapane è difettoso. In attesa, porgo distinti saluti.\nDott.ssa Anna Maria De Luca",
        "Dott.ssa Anna Maria De Luca",
    ),
    ("Vorrei il rimborso. Saluti da Milano", ""),
    ("Sono molto delusa dal prodotto. Una cliente delusa", ""),
    ("Non è arrivato niente, una vergogna. Grazie mille, Sig.ra Colombo", "Sig.ra Colombo"),
    ("Il telo è bucato. Fatemi sapere. Grazie e buona giornata Elena", "Elena"),
    ("Ciao Marco, grazie per la risposta. Va bene il rimborso. Ciao, Sara", "Sara"),
    ("Sono italiana e non parlo tedesco. Quando arriva?", ""),
    ("Hola, el paquete no ha llegado. Un saludo, Carmen", "Carmen"),
    ("Buenas tardes, soy José Luis Martínez y quería devolver la silla.", "José Luis Martínez"),
    ("Me llamo Ana Belén y compré unos zapatos de otra talla.", "Ana Belén"),
    ("Estimado Sr. López: la cafetera pierde agua. Atentamente,\nMª Carmen Ruiz", "Mª Carmen Ruiz"),
    ("no me llego nada, el repartidor Juan dice que lo dejo. gracias", ""),
    ("Quiero mi dinero. Gracias.\nPedro Sánchez Gil\nEnviado desde mi iPhone", "Pedro Sánchez Gil"),
    ("Llegó rota la lámpara, qué hago? Saludos cordiales, Familia Ortega", "Familia Ortega"),
    ("Soy de Madrid y no ha venido nadie", ""),
    ("Un cliente muy enfadado", ""),
    ("Necesito la factura. Muchas gracias de antemano. Dra. Isabel Núñez", "Dra. Isabel Núñez"),
    ("El taladro no funciona. Saludos desde Sevilla", ""),
    ("Bonjour, je m'appelle Nadia Benali, ma commande n'est pas arrivée.", "Nadia Benali"),
    ("Bonjour Mme Durand, merci pour votre réponse. Cordialement", ""),
    ("colis jamais reçu, le livreur Karim dit l'avoir laissé. Bien à vous\nJ-P Martin", "J-P Martin"),
    ("Je suis déçue de ce produit. Une cliente déçue.", ""),
    ("Je suis Monsieur Petit, j'ai commandé une tondeuse.", "Monsieur Petit"),
    (
        "Pouvez-vous me rembourser ? Veuillez agréer mes salutations distinguées.\nMme Hélène d'Ormesson",
        "Mme Hélène d'Ormesson",
    ),
    ("le produit marche pas. merci d'avance. Théo", "Théo"),
    ("Je suis Français et vous m'écrivez en anglais", ""),
    ("Hallo Herr Meier, vielen Dank für Ihre Antwort. Die Lampe ist da.\nLG", ""),
    ("Moin, hier ist Uwe Petersen. Paket fehlt immer noch.", "Uwe Petersen"),
    ("Ich bin Rentner und möchte mein Geld zurück.", ""),
    ("Ich bin Renate Vogel und habe am 3. Mai bestellt.", "Renate Vogel"),
    ("Die Pfanne klebt.\n\nMit freundlichen Grüßen\n\nJ. P. Müller\nHauptstr. 5\n12345 Berlin\nTel. 030 1234567", "J. P. Müller"),
    ("Wo bleibt das Paket? Liebe Grüße aus dem Allgäu\nFamilie von der Heide", "Familie von der Heide"),
    ("Paket kam nicht an. Danke", ""),
    ("Frau Schneider vom Kundenservice hat mir das zugesagt. Gruß", ""),
    ("Bitte um Rückruf. Ein sehr enttäuschter Kunde", ""),
    ("Lampe defekt. Mfg dr. klaus hansen", "dr. klaus hansen"),
    ("Mein Name ist Hase und ich weiß von nichts. Wo ist das Paket?", "Hase"),
    ("Das Gerät ist kaputt. Frechheit", ""),
    ("Bestellung bitte stornieren.\nVG Sandra & Tom", "Sandra & Tom"),
    ("Heizlüfter defekt. Beste Grüße\nIhre Anna Weber", "Anna Weber"),
    ("Der Fahrer von DHL, Herr Schulz, war unfreundlich. Bitte helfen Sie mir", ""),
    ("Hi Tom, thanks for your message. It is still broken.\nThanks again", ""),
    ("I'm Anna Weber and I bought a lamp.", "Anna Weber"),
    ("I'm German so sorry for my English", ""),
    ("I'm Disappointed. Very.", ""),
    ("My name is spelled wrong on the invoice.", ""),
    ("my name is tom and i want my money", "tom"),
    ("Where is it? Kind regards", ""),
    ("The lid is cracked. - Tom", "Tom"),
    ("Broken on arrival. Sent from my iPhone", ""),
    ("Broken on arrival.\nMary-Jane O'Neill\n\nSent from my iPhone", "Mary-Jane O'Neill"),
    ("Your driver Steve left it in the rain. Thanks", ""),
    ("Please refund.\nA very disappointed customer", ""),
    ("please refund\nex-customer", ""),
    ("It never came. Best,\nDr. Siobhán Ní Dhomhnaill", "Dr. Siobhán Ní Dhomhnaill"),
    ("I spoke to Sarah. She promised a refund.\nThanks\nMr and Mrs Patel", "Mr and Mrs Patel"),
    ("This is Brian again, still waiting.", "Brian"),
    ("Tom here, any news?", "Tom"),
    ("I ordered a Samsung Galaxy\nSamsung Galaxy S21", ""),
    ("The parcel went to the wrong house. Please Help", ""),
    ("Not working. Very Disappointed", ""),
    ("Regards\nJ.W.", "J.W."),
    ("Thanks Sheila", ""),
    ("Can I return this? Thanks Sheila for the quick answer last time.", ""),
    ("cheers\nbig dave", "big dave"),
    ("Still nothing!! Unacceptable", ""),
    ("It came from Berlin, Germany", ""),
    ("I want my money back NOW", ""),
    ("WHERE IS MY ORDER\nJOHN SMITH", "JOHN SMITH"),
    ("Works great. P.S. the box was torn", ""),
    ("Refund please.\nRegards,\nLinda\nP.S. the box was torn too", "Linda"),
    ("Order 112-1234567-1234567 is late\nName: Carol Diaz", "Carol Diaz"),
    ("Where is my Le Creuset", ""),
    ("Hello Amazon Team,\nI need help.\nAmazon Customer", ""),
    ("ok thanks", ""),
    ("Hi, this is regarding my order. Thank you.", ""),
    ("My son Jack broke it. Jack", ""),
    ("お世話になります。田中です。商品がまだ届きません。", "田中"),
    ("注文した鍋が割れていました。交換をお願いします。\n山田花子", "山田花子"),
    ("先週注文した佐藤と申します。荷物が届いておりません。よろしくお願いします。", "佐藤"),
    ("返金してください。よろしくお願いいたします。鈴木", "鈴木"),
    ("返金してください。以上、高橋", "高橋"),
    ("担当の山本様、ご連絡ありがとうございます。まだ届いていません。", ""),
    ("ドライバーの中村さんが置き配しました。ありません。", ""),
    ("不良品です。交換希望です。", ""),
    ("サイズが違いました。よろしくお願いします。", ""),
    ("まだですか?\n至急", ""),
    ("壊れていました。\n渡辺 さくら", "渡辺 さくら"),
    ("購入した小林です。返品したいです。", "小林"),
    ("充電できません。伊藤より", "伊藤"),
    ("注文番号２５０−１２３４５６７−１２３４５６７の件です。届きません。加藤", "加藤"),
    ("マリア・サントスと申します。色が違います。", "マリア・サントス"),
    ("初めて利用しました。残念です。", ""),
    ("返品したいです。\nよろしくお願いいたします。\n株式会社山田商店", ""),
    ("你好,我买的锅坏了,请退款。谢谢\n王芳", "王芳"),
    ("我是李明,订单112-1234567-1234567还没到", "李明"),
    ("我叫张伟,快递丢了。", "张伟"),
    ("快递小哥王师傅说放门口了,没有。", ""),
    ("退款怎么还没到?谢谢!", ""),
    ("请尽快处理,祝好,陈晓东", "陈晓东"),
    ("东西坏了 ——刘女士", "刘女士"),
    ("亲爱的客服小李,你好,我的货没到。", ""),
    ("我是老客户了,这次很失望。", ""),
    ("收到的是二手的。\n一个失望的顾客", ""),
    ("椅子少了一个螺丝。麻烦了!\nLinda", "Linda"),
    ("我是高中生,买错了", ""),
    ("本人姓周,东西没收到。谢谢。", ""),
    ("商品有问题,请回复。此致敬礼 欧阳娜娜", "欧阳娜娜"),
    ("颜色不对。\n马上退款", ""),
    ("鞋子太小,想换大一码,谢谢你们", ""),
]
ORDERS = [
    ("I ordered 112-1111111-1111111 earlier without problems. Now 113-2222222-2222222 never came.", "113-2222222-2222222"),
    ("Regarding order 112-1111111-1111111, not 113-2222222-2222222, please.", "112-1111111-1111111"),
    ("My last one 112-1111111-1111111 was fine, but this order 113-2222222-2222222 is broken", "113-2222222-2222222"),
    ("订单２５０－１２３４５６７－１２３４５６７有问题", "250-1234567-1234567"),
    ("#1121234567 1234567 is mine", "112-1234567-1234567"),
    ("D01-1234567-1234567 ebook", "D01-1234567-1234567"),
    ("Nicht 302-1111111-1111111, sondern 303-2222222-2222222 fehlt", "303-2222222-2222222"),
    ("上次的112-1111111-1111111没问题,这次113-2222222-2222222坏了", "113-2222222-2222222"),
    ("前回の250-1111111-1111111は問題なかったのですが、今回の250-2222222-2222222が届きません", "250-2222222-2222222"),
    ("The two orders 112-1111111-1111111 and 113-2222222-2222222 are both late", "112-1111111-1111111"),
    ("La commande 171-1111111-1111111 est bien arrivée, par contre la 171-2222222-2222222 non", "171-2222222-2222222"),
    ("L'ordine precedente 404-1111111-1111111 tutto bene, il 404-2222222-2222222 invece mai arrivato", "404-2222222-2222222"),
    ("El otro pedido 404-1111111-1111111 llegó bien; el 404-2222222-2222222 no ha llegado", "404-2222222-2222222"),
    ("phone 0171 1234567 call me", ""),
    ("Order 112-1111111-1111111 has arrived fine. But 113-2222222-2222222 has not.", "113-2222222-2222222"),
]
TRACKING = [
    ("UPS 1Z999AA10123456784 says lost", "1Z999AA10123456784"),
    ("tracking no. 9400 1118 9922 3817 5568 21", "9400111899223817556821"),
    ("Sendungsnummer 00340434161094042557", "00340434161094042557"),
    ("RR123456785GB at customs", "RR123456785GB"),
    ("伝票番号は1234-5678-9012です", "123456789012"),
    ("顺丰SF1234567890123不动", "SF1234567890123"),
    ("运单号:773123456789012", "773123456789012"),
    ("my number is 01711234567", ""),
    ("TBA123456789012 delivered", "TBA123456789012"),
    ("order 112-1234567-1234567 tracking please", ""),
    ("EAN 4006381333931 stimmt nicht", ""),
    ("佐川の追跡番号 4012 3456 7890", "401234567890"),
]
DATES = [
    ("It said May 3, then 5 June 2026, and 2026-06-07 or 06/07/2026", ["May 3", "5 June 2026", "2026-06-07", "06/07/2026"]),
    ("am 3. Mai bestellt, bis 12.5. geplant", ["3. Mai", "12.5."]),
    ("le 1er août", ["1er août"]),
    ("el 5 de marzo de 2026", ["5 de marzo de 2026"]),
    ("5月3日に注文", ["5月3日"]),
    ("十一月三号买的", ["十一月三号"]),
    ("I may 3 times", []),
    ("size 3/4 and 10.5 cm", []),
    ("il 12 maggio", ["12 maggio"]),
    ("You may 2 of them march 5 steps", ["march 5"]),
]
MOODS = [
    ("no injuries, thank God", ""),
    ("this phone case is fire", ""),
    ("burning question: does it fit?", ""),
    ("looking for a skin for the game console", ""),
    ("I was shocked by the price", ""),
    ("I want a refund!!!", "angry"),
    ("WHERE IS MY PARCEL YOU PROMISED FRIDAY", "angry"),
    ("Thank you so much!!! I love it!!!", ""),
    ("it cut my finger, blood everywhere", "injury"),
    ("nobody was hurt but it caught fire", "fire"),
    ("came out in a rash after the cream", "skin"),
    ("my lawyer will contact you", "lawyer"),
    ("I'll report you to trading standards", "authority"),
    ("gave me an electric shock", "fire"),
    ("you are a scam, total fraud", "angry"),
    ("Zum Glück wurde niemand verletzt, aber es hat gebrannt.", "fire"),
    ("Sie hören von meinem Anwalt", "lawyer"),
    ("Juckreiz und Ausschlag nach der Creme", "skin"),
    ("Brandneu und trotzdem kaputt", ""),
    ("pas de blessés mais de la fumée partout", "fire"),
    ("mon avocat va vous écrire", "lawyer"),
    ("nessun ferito ma ha preso fuoco", "fire"),
    ("mi sono tagliato un dito", "injury"),
    ("siete dei ladri", "angry"),
    ("me dio un calambre el cable", "fire"),
    ("me he cortado el dedo", "injury"),
    ("sois unos estafadores", "angry"),
    ("没有人受伤,但是插头冒烟了", "fire"),
    ("用了过敏,脸都肿了", "skin"),
    ("这款火锅底料很火爆", ""),
    ("我要打12315", "authority"),
    ("怪我はありませんが、煙が出ました", "fire"),
    ("弁護士に相談します", "lawyer"),
    ("肌が荒れてかゆいです", "skin"),
    ("ふざけないでください", "angry"),
    ("the fire TV stick does not work", ""),
    ("I am not angry, just asking", ""),
    ("Ist das Feuerzeug nachfüllbar?", ""),
    ("消費者センターに連絡します", "authority"),
]


def test_the_language_of_short_and_mixed_messages(reader: Module) -> None:
    assert wrong([reader.call("language", text) for text, _ in LANGUAGES], LANGUAGES) == []


def test_the_name_is_the_one_signed_and_nobody_elses(reader: Module) -> None:
    assert wrong([reader.call("extract", text)["buyerName"] for text, _ in NAMES], NAMES) == []


def test_the_order_number_is_the_matters_own(reader: Module) -> None:
    assert wrong([reader.call("extract", text)["orderId"] for text, _ in ORDERS], ORDERS) == []


def test_the_other_order_numbers_are_offered_each_once(reader: Module) -> None:
    text = "I ordered 112-1111111-1111111 earlier, all fine. Now #113 2222222 2222222 never came. Again: 113-2222222-2222222!"
    assert reader.call("extract", text)["orderIds"] == ["113-2222222-2222222", "112-1111111-1111111"]


def test_a_tracking_number_is_sure_or_left_empty(reader: Module) -> None:
    assert wrong([reader.call("extract", text)["trackingNumber"] for text, _ in TRACKING], TRACKING) == []


def test_dates_are_given_as_written(reader: Module) -> None:
    assert wrong([reader.call("extract", text)["dates"] for text, _ in DATES], DATES) == []


def test_mood_heeds_negation_and_everyday_uses(reader: Module) -> None:
    found = [",".join(reader.call("mood", text, reader.call("language", text))) for text, _ in MOODS]
    assert wrong(found, MOODS) == []


def test_moods_come_in_one_order(reader: Module) -> None:
    text = "The police and my lawyer know: the cream gave me a rash, then it caught fire and I cut my hand. You are crooks!"
    assert reader.call("mood", text, "en") == ["angry", "injury", "fire", "skin", "lawyer", "authority"]


def test_nothing_is_made_up_where_there_is_nothing(reader: Module) -> None:
    empty = {"language": "", "orderId": "", "orderIds": [], "buyerName": "", "trackingNumber": "", "dates": []}
    for text in ["", " \n\u3000\n", "??", "\U0001f600\U0001f600", "12345", "\ud83d"]:
        assert reader.call("extract", text) == empty, repr(text)
        assert reader.call("mood", text, "") == [], repr(text)


def test_a_long_message_does_not_hold_up_typing(reader: Module) -> None:
    """Patterns that search back and forth show on long monotonous texts; each of these takes milliseconds."""
    for piece in ["Where is it? thanks, ", "A ", "aa bb ", "王", "あ", "1 2-", "- ", "no no ", "\n"]:
        text = (piece * 6000)[:6000]
        began = time.perf_counter()
        reader.call("extract", text)
        for lang in ["en", "de", "fr", "it", "es", "ja", "zh"]:
            reader.call("mood", text, lang)
        assert time.perf_counter() - began < 2, repr(piece)


def test_signatures_by_somebody_who_had_not_seen_the_rules(reader: Module) -> None:
    """Forty messages a language, sixteen of them unsigned with names that are not the buyer's. (At the first look 0.83 were right.)"""
    rows = [json.loads(line) for line in (ROOT / "tests/signatures.jsonl").read_text(encoding="utf-8").splitlines()]
    got = reader.ask("given[0].map(own.extract)", [row["text"] for row in rows])
    signed = [(row["name"], one["buyerName"]) for row, one in zip(rows, got, strict=True) if row["name"]]
    invented = [(row["name"], one["buyerName"]) for row, one in zip(rows, got, strict=True) if one["buyerName"] not in ("", row["name"])]
    assert sum(name == read for name, read in signed) >= 0.92 * len(signed)
    assert len(invented) <= 0.02 * len(rows), invented
