import Button from "@mui/material/Button";
import FormControlLabel from "@mui/material/FormControlLabel";
import Skeleton from "@mui/material/Skeleton";
import Switch from "@mui/material/Switch";
import { useState } from "react";

import { toApiError } from "../api/errors.ts";
import type { Loaded } from "../list/types.ts";
import { toasts } from "../ui/toasts.ts";

interface PreferenceSwitchesProps<K extends string> {
  /** The row of the preference; where none was kept, the server answers its defaults. */
  result: Loaded<NoInfer<Record<K, boolean>>>;
  /** Names of the switches, in order. */
  labels: Record<K, string>;
  store: (values: Record<K, boolean>) => Promise<unknown>;
}

/** Switches that show a move at once; a move that the server refuses is taken back. */
export function PreferenceSwitches<K extends string>(props: PreferenceSwitchesProps<K>) {
  const { result, labels, store } = props;
  const { data, error, isLoading, refetch } = result;
  const [moved, setMoved] = useState<Record<K, boolean> | null>(null);
  if (data === undefined) {
    return isLoading || error === undefined ? (
      <Skeleton width={160} height={38} />
    ) : (
      <Button size="small" color="error" onClick={() => void refetch()}>
        {toApiError(error).status === 429 ? "Too many requests. Try again" : "Not loaded. Try again"}
      </Button>
    );
  }
  const names = Object.keys(labels) as K[];
  const kept = Object.fromEntries(names.map((name) => [name, data[name]])) as Record<
    string,
    boolean
  > as Record<K, boolean>;
  const shown = moved ?? kept;
  const move = async (name: K, value: boolean) => {
    const values = { ...shown, [name]: value };
    setMoved(values);
    try {
      await store(values);
    } catch (failure) {
      toasts.failed(failure);
      setMoved(null);
    }
  };
  return names.map((name) => (
    <FormControlLabel
      key={name}
      label={labels[name]}
      control={<Switch checked={shown[name]} onChange={(_event, value) => void move(name, value)} />}
    />
  ));
}
