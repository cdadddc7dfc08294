/** A body of several parts. The file comes last, so that the server knows everything else before it reads it. */
export function toFormData(members: object): FormData {
  const form = new FormData();
  const entries = Object.entries(members).toSorted(([, one], [, other]) => rank(one) - rank(other));
  for (const [name, value] of entries) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== null && value !== undefined) {
      form.append(name, typeof value === "object" ? JSON.stringify(value) : String(value));
    }
  }
  return form;
}

function rank(value: unknown): number {
  return value instanceof Blob ? 1 : 0;
}
