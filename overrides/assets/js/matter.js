// What the composers take of a buyer's message: order number, name and language. Once for a message, so that what staff mend stays mended.

import { forgetDetails, memory } from "./memory.js";
import { isBlank } from "./message.js";
import { tidied } from "./sense.js";

/**
 * Whether a text is another message rather than the same one mended or continued: less than half of the shorter one stands at the ends of both.
 * An order number that both name tells more than their words.
 */
export function another(before, now) {
  if (before.orderId && now.orderId) return before.orderId !== now.orderId && !now.orderIds.includes(before.orderId);
  const [one, other] = [before.message.trim(), now.message.trim()];
  const shorter = Math.min(one.length, other.length);
  let [start, end] = [0, 0];
  while (start < shorter && one[start] === other[start]) start += 1;
  while (end < shorter - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return (start + end) * 2 < shorter;
}

/**
 * Fill in what was found in the message of the box (memory.found), before a composer opens.
 * Another message is another buyer's: what was typed for the one before is forgotten first, since in a reply to somebody else it would do harm.
 */
export function takeMessage() {
  const { found, taken, values } = memory;
  if (!found) return;
  const fresh = taken?.message !== found.message;
  if (fresh && another(taken ?? typed(found), found)) forgetDetails();
  put("order_id", found.orderId, taken?.orderId);
  put("buyer_name", found.buyerName, taken?.buyerName);
  if (fresh) memory.spoken = found.language;
  memory.taken = { ...found };

  function put(name, value, own) {
    if (isBlank(values[name]) || values[name] === own) values[name] = value;
  }
}

// Before the first message only a whole order number typed by hand can tell that the details are another buyer's.
function typed(found) {
  const number = tidied({ tidy: "order" }, memory.values.order_id ?? "").trim();
  return { message: found.message, orderId: /^\w{3}-\d{7}-\d{7}$/.test(number) ? number : "" };
}
