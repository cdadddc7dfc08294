import { defineFeature } from "../../shared/feature.ts";
import { signedIn } from "../../shared/session/session.ts";

export const feature = defineFeature({
  name: "real_time_chat",
  routes: [
    { path: "/chat", access: signedIn, load: () => import("./ChatPage.tsx") },
    { path: "/rooms", access: signedIn, load: () => import("./room/RoomListPage.tsx") },
    { path: "/rooms/new", access: signedIn, load: () => import("./room/RoomCreatePage.tsx") },
    { path: "/rooms/:id", access: signedIn, load: () => import("./room/RoomDetailPage.tsx") },
    { path: "/rooms/:id/edit", access: signedIn, load: () => import("./room/RoomEditPage.tsx") },
  ],
  menu: [{ section: "main", label: "Chat", path: "/chat", icon: "chat", access: signedIn }],
});
