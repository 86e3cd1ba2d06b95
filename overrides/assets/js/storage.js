// The browser's storage, which may be full, forbidden or written by somebody else: none of that is an error.

/** What is stored under a key, or null. */
export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Store plain data; null removes the key. */
export function write(key, data) {
  try {
    if (data === null) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(data));
  } catch {
    // Nothing is kept then.
  }
}
