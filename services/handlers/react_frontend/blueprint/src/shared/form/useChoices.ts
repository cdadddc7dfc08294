import { useState } from "react";

import { useChoicesQuery } from "../api/choices.ts";
import type { Reference } from "../api/types.ts";
import { useDebounced } from "../ui/useDebounced.ts";

/** What an Autocomplete needs to offer the rows of a collection; the server searches. */
export function useChoices(collection: string) {
  const [text, setText] = useState("");
  const settled = useDebounced(text);
  const { data, isFetching, isError } = useChoicesQuery({ collection, search: settled });
  const pending = settled !== text || isFetching;
  const needle = text.toLowerCase();
  return {
    failed: isError,
    options: {
      options: data?.items ?? [],
      loading: pending,
      noOptionsText: "Nothing found",
      // Until the server has searched, what is known already must not offer what does not fit.
      filterOptions: (known: Reference[]) =>
        pending ? known.filter((option) => option.display.toLowerCase().includes(needle)) : known,
      getOptionLabel: (option: Reference) => option.display,
      getOptionKey: (option: Reference) => option.id,
      isOptionEqualToValue: (option: Reference, chosen: Reference) => option.id === chosen.id,
      onInputChange: (_event: unknown, entered: string, reason: string) =>
        setText(reason === "input" ? entered : ""),
    },
  };
}
