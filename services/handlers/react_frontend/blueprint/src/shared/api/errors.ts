/** One field that the server refused, with a sentence for the person. */
export interface FieldError {
  field: string;
  code: string;
  message: string;
}

/** The one shape of every failure: what the API answers, or what stands in for it when no answer came. */
export interface ApiError {
  code: string;
  status: number;
  message: string;
  fields: FieldError[];
  /** Names the request in the server's log; worth quoting to support. */
  correlation?: string;
  /** Whoever met it is led elsewhere because of it, so nothing more is to be said. */
  taken?: true;
  /** Seconds until it is worth trying again, where the server tells (429). */
  retryAfter?: number;
}

export function isApiError(value: unknown): value is ApiError {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    "message" in value &&
    "status" in value &&
    "fields" in value
  );
}

/** Any thrown or rejected value as an ApiError, so that callers handle one type. */
export function toApiError(value: unknown): ApiError {
  if (isApiError(value)) return value;
  return { code: "unknown", status: 0, message: "Something went wrong. Please try again.", fields: [] };
}
