import { api } from "./api.ts";
import type { Reference } from "./types.ts";

interface ChoicesArguments {
  /** Last segment of the collection's address, such as `users`. */
  collection: string;
  search: string;
}

/** Rows that the caller may refer to: what reference pickers offer. */
export const choicesApi = api.injectEndpoints({
  endpoints: (build) => ({
    choices: build.query<{ items: Reference[]; total: number }, ChoicesArguments>({
      query: ({ collection, search }) => ({
        url: `/${collection}/choices`,
        params: search === "" ? undefined : { search },
      }),
      providesTags: (_result, _error, { collection }) => [{ type: "Choices", id: collection }],
    }),
  }),
});

export const { useChoicesQuery } = choicesApi;
