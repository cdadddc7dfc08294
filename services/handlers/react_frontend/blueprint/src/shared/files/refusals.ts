import type { ApiError } from "../api/errors.ts";
import { formatSize, formatTypes } from "./sizes.ts";

/** Why a file was not taken, in a sentence that names the limit which the server told. */
export function refusalOf({ status, message }: ApiError, size: number): string {
  if (status === 413) {
    const limit = /(\d+) bytes/u.exec(message)?.[1];
    const most = limit === undefined ? "" : ` A file may have ${formatSize(Number(limit))} at most.`;
    return `Too large: this one has ${formatSize(size)}.${most}`;
  }
  if (status === 415) {
    const list = /Send one of: (.+?)\.?$/u.exec(message)?.[1];
    if (list === undefined) return message;
    return `This kind of file is not taken, whatever it is called. Choose ${formatTypes(list.split(/,\s*/u))}.`;
  }
  return message;
}
