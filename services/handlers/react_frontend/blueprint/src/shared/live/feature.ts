import { defineFeature } from "../feature.ts";
import { LiveUpdates } from "./LiveUpdates.tsx";

export const live = defineFeature({
  name: "live",
  routes: [],
  menu: [],
  slots: { background: [LiveUpdates] },
});
