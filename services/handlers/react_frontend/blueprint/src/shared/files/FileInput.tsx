import Button from "@mui/material/Button";
import LinearProgress from "@mui/material/LinearProgress";
import Typography from "@mui/material/Typography";
import { useRef, useState } from "react";

import { client } from "../api/client.ts";
import { toApiError } from "../api/errors.ts";
import { toFormData } from "../api/formData.ts";
import type { Reference } from "../api/types.ts";
import { InputGroup } from "../form/InputGroup.tsx";
import type { InputProps } from "../form/inputs.tsx";
import { Refusal } from "../form/Refusal.tsx";
import { usePublicSettingsQuery } from "../settings/api.ts";
import { Icon } from "../ui/icons.tsx";
import { refusalOf } from "./refusals.ts";
import { limitsOf } from "./sizes.ts";

interface FileInputProps<D> extends InputProps<D, Reference | null> {
  /** Offers pictures alone. */
  images?: boolean;
}

/** One file, which is uploaded when it is chosen; the form then names it. */
export function FileInput<D>({ images = false, ...props }: FileInputProps<D>) {
  const { form, name, label } = props;
  const file = form.values[name] as Reference | null;
  const input = useRef<HTMLInputElement>(null);
  const { data: limits } = usePublicSettingsQuery();
  const [percent, setPercent] = useState<number | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const upload = async (content: File) => {
    setRefusal(null);
    setPercent(0);
    try {
      const { data } = await client.post<{ file: Reference }>("/upload", toFormData({ content }), {
        timeout: 0,
        onUploadProgress: ({ progress = 0 }) => setPercent(Math.floor(progress * 100)),
      });
      form.set(name, data.file as D[typeof name]);
    } catch (failure) {
      setRefusal(refusalOf(toApiError(failure), content.size));
    }
    setPercent(null);
  };

  const hint = props.hint ?? (limits && limitsOf(limits.files_types, limits.files_max_mb));
  return (
    <InputGroup {...props} {...(hint === undefined ? {} : { hint })}>
      {file !== null && (
        <Typography variant="body2" sx={{ flex: "1 1 100%", overflowWrap: "anywhere" }}>
          {file.display}
        </Typography>
      )}
      <Button
        variant="outlined"
        startIcon={<Icon name="upload" />}
        loading={percent !== null}
        onClick={() => input.current?.click()}
      >
        {file === null ? `Choose ${images ? "a picture" : "a file"}` : "Choose another"}
      </Button>
      {file !== null && (
        <Button color="inherit" onClick={() => form.set(name, null as D[typeof name])}>
          Remove
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={label}
        {...(images ? { accept: "image/*" } : {})}
        onChange={(event) => {
          const [content] = event.target.files ?? [];
          if (content !== undefined) void upload(content);
          // The same file may be chosen once more.
          event.target.value = "";
        }}
      />
      {percent !== null && (
        <LinearProgress
          variant="determinate"
          value={percent}
          aria-label={`Upload for ${label}`}
          sx={{ flex: "1 1 100%", height: 6, borderRadius: 3 }}
        />
      )}
      <Refusal message={refusal} />
    </InputGroup>
  );
}
