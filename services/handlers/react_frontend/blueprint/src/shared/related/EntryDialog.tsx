import { InputDialog } from "../actions/InputDialog.tsx";
import { changesOf, withoutBlanks } from "../form/useForm.ts";
import { toasts } from "../ui/toasts.ts";
import type { Entry } from "./entry.ts";

interface EntryDialogProps<R, D extends object, I extends object> {
  title: string;
  submitLabel: string;
  entry: Entry<R, D, I>;
  /** The row to change; absent for a new one. */
  existing?: R;
  /** Sends a whole new row, or what was changed. */
  send: (input: I) => Promise<unknown>;
  saved: string;
  onClose: () => void;
}

/** Asks for a new row, or for changes of one, above the page it belongs to. */
export function EntryDialog<R, D extends object, I extends object>(props: EntryDialogProps<R, D, I>) {
  const { entry, existing, send, onClose } = props;
  const blank = entry.toDraft(existing);
  const start = entry.toInput(blank);
  return (
    <InputDialog
      title={props.title}
      submitLabel={props.submitLabel}
      blank={blank}
      rules={entry.rules}
      send={(draft) => {
        const input = entry.toInput(draft);
        // Of a row that is there only what was changed travels.
        if (existing === undefined) return send(withoutBlanks(input, start, entry.withheld));
        return send(changesOf(start, input) as I);
      }}
      onDone={() => {
        toasts.succeeded(props.saved);
        onClose();
      }}
      onCancel={onClose}
    >
      {(form) => <entry.Inputs form={form} existing={existing} />}
    </InputDialog>
  );
}
