interface Write {
  url: string;
  body?: unknown;
}

const keys = new Map<string, string>();

/** The key of a write. While it has no answer the same write keeps its key, so sending it again does not do it twice. */
export function keyOf(write: Write): string {
  const name = nameOf(write);
  const key = keys.get(name) ?? crypto.randomUUID();
  keys.set(name, key);
  return key;
}

/** To be told once the server has answered: the same write is another one from then on. */
export function settle(write: Write): void {
  keys.delete(nameOf(write));
}

function nameOf({ url, body }: Write): string {
  return `${url} ${JSON.stringify(body)}`;
}
