import { useEffect, useSyncExternalStore } from "react";
import { useDispatch } from "react-redux";

import { storedFileApi } from "./stored-file/api.ts";
import { type Target, type Upload, uploads } from "./uploads.ts";

/** Uploads of this place, by the target they are put to; lists of files follow them. */
export function useUploads(target: Target | null): Upload[] {
  const dispatch = useDispatch();
  const all = useSyncExternalStore(uploads.subscribe, uploads.current);
  useEffect(
    () => uploads.onChange(() => dispatch(storedFileApi.util.invalidateTags(["StoredFile"]))),
    [dispatch],
  );
  return all.filter((upload) => upload.target?.id === target?.id);
}
