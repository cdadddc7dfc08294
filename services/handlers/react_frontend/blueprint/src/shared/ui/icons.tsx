import SvgIcon, { type SvgIconProps } from "@mui/material/SvgIcon";

/** Outline icons on a grid of 24, drawn with a stroke of 1.75. */
const paths = {
  home: "M4 11.2 12 4l8 7.2V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1v-7.8Z",
  people:
    "M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.8 19.5c.6-3 3-4.7 6.2-4.7s5.6 1.7 6.2 4.7M16 4.9a3.5 3.5 0 0 1 0 6.2M17.6 15c2 .6 3.3 2.1 3.7 4.5",
  shield: "M12 3.5 5 6v5.5c0 4.3 2.9 7.5 7 9 4.1-1.5 7-4.7 7-9V6l-7-2.5ZM9 12l2.2 2.2L15.2 10",
  grid: "M4.5 4.5h6v6h-6zM13.5 4.5h6v6h-6zM4.5 13.5h6v6h-6zM13.5 13.5h6v6h-6z",
  history: "M4 12a8 8 0 1 0 2.6-5.9L4 8.5M4 4v4.5h4.5M12 8v4.3l3 1.7",
  clock: "M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.5V12l3 2",
  pulse: "M3 12h4l2.5-6.5 4.5 13 2.5-6.5H21",
  code: "M8.5 7.5 4 12l4.5 4.5M15.5 7.5 20 12l-4.5 4.5M13.5 5l-3 14",
  list: "M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.3 6.5h.010M4.3 12h.010M4.3 17.5h.01",
  layers: "M12 3.5 3.5 8 12 12.5 20.5 8 12 3.5ZM4 12.3l8 4.2 8-4.2M4 16.3l8 4.2 8-4.2",
  bell: "M12 3.5a5.5 5.5 0 0 0-5.5 5.5v3.6L4.800 16.5h14.400L17.5 12.600V9A5.5 5.5 0 0 0 12 3.5ZM10 19.5a2.100 2.100 0 0 0 4 0",
  mail: "M3.5 6h17v12.5h-17zM4 6.800l8 6 8-6",
  settings:
    "M4 7.500h9M17.500 7.500H20M4 16.500h2.500M11 16.500h9M15.300 9.700a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400ZM8.700 18.700a2.200 2.200 0 1 0 0-4.400 2.200 2.200 0 0 0 0 4.400Z",
  device: "M3.5 5.5h11v8h-11zM6 17h6M17 9.5h3.5v9H17z",
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6 6 18",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14ZM16.2 16.2 20.5 20.5",
  plus: "M12 5v14M5 12h14",
  more: "M12 6h.010M12 12h.010M12 18h.01",
  edit: "M4 20h4L19.5 8.5a2.1 2.1 0 0 0-3-3L5 17l-1 3ZM14.5 7.5l3 3",
  trash: "M4.5 7h15M9.5 7V4.5h5V7M6.5 7l.8 12.5h9.4L17.5 7M10 11v5M14 11v5",
  back: "M11 5.5 4.5 12l6.5 6.5M5 12h15",
  chevron: "M9 5.5 15.5 12 9 18.5",
  columns: "M4.5 5h15v14h-15zM9.5 5v14M14.5 5v14",
  filter: "M4 6.5h16M7 12h10M10 17.5h4",
  refresh: "M19.5 12a7.5 7.5 0 1 1-2.2-5.3L19.5 9M19.5 4v5h-5",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5Z",
  monitor: "M3.5 5h17v11h-17zM9 20h6M12 16v4",
  logout: "M14 4.5H6.5a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1H14M10.5 12H20M16.5 8.5 20 12l-3.5 3.5",
  login: "M10 4.5h7.5a1 1 0 0 1 1 1v13a1 1 0 0 1-1 1H10M4 12h9.5M10 8.5l3.5 3.5-3.5 3.5",
  check: "M5 12.5 10 17.5 19.5 7",
  warning: "M12 4 2.8 19.5h18.4L12 4ZM12 10v4.5M12 17.2h.01",
  lock: "M6 10.5h12v9H6zM8.5 10.5V8a3.5 3.5 0 0 1 7 0v2.5",
  inbox: "M4 13.5 6.5 5h11l2.5 8.5V19H4v-5.5ZM4 13.5h4.5l1.2 2.5h4.6l1.2-2.5H20",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  eyeOff:
    "M4 4l16 16M9.9 5.8A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7M6.3 7.5A15.5 15.5 0 0 0 2.5 12S6 18.5 12 18.5c1.5 0 2.9-.4 4.1-1M9.9 9.9a3 3 0 0 0 4.2 4.2",
  copy: "M8.5 8.5h11v11h-11zM15.5 8.5v-4h-11v11h4",
  chat: "M4 5.5h16v11h-8.5L7.5 20v-3.5H4v-11ZM8 9.5h8M8 12.5h5",
  send: "M4 12 20 4.5 15 20l-3.5-6.5L4 12ZM11.5 13.5 20 4.5",
  files: "M8 4.5h6.5L19 9v10.5H8v-15ZM14 4.5V9.5h5M5 8v14h10",
  file: "M6.5 3.5h7.5L18.5 8v12.5h-12v-17ZM13.5 3.5V8.5h5",
  image: "M4.5 5h15v14h-15zM8.5 10.5a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM5 17l4.5-4 3 2.5L16 11.5l3.5 4",
  upload: "M12 15.5V4.5M7.5 9 12 4.5 16.5 9M4.5 15v4.5h15V15",
  download: "M12 4.5v11M7.5 11 12 15.5 16.5 11M4.5 15v4.5h15V15",
  pause: "M9 6v12M15 6v12",
  down: "M5.5 9 12 15.5 18.5 9",
  chart: "M4 4v16h16M8 16.5v-4M12.500 16.5V8M17 16.5v-6.500",
  board: "M4.5 4.5h4v15h-4zM10 4.5h4v10h-4zM15.5 4.5h4v7h-4z",
  calendar: "M4.5 6h15v13.5h-15zM4.5 10h15M8.500 3.500V7.500M15.500 3.500V7.500",
  tree: "M9 3.500h6v4.500H9zM3.500 16h6v4.500h-6zM14.500 16h6v4.500h-6zM12 8v4M6.500 16v-4h11v4",
  gallery: "M4.5 4.5h15v9h-15zM4.5 17h4M10 17h4M15.500 17h4",
  up: "M18.5 15 12 8.500 5.5 15",
  play: "M7.5 5v14l11-7-11-7Z",
} as const;

export type IconName = keyof typeof paths;

/** A decorative icon: the control around it carries the name. */
export function Icon({ name, sx, ...rest }: { name: IconName } & SvgIconProps) {
  return (
    <SvgIcon
      viewBox="0 0 24 24"
      aria-hidden
      sx={[
        {
          fill: "none",
          stroke: "currentColor",
          strokeWidth: 1.75,
          strokeLinecap: "round",
          strokeLinejoin: "round",
        },
        ...(Array.isArray(sx) ? sx : [sx]),
      ]}
      {...rest}
    >
      <path d={paths[name]} />
    </SvgIcon>
  );
}
