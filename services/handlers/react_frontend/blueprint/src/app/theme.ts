import { createTheme } from "@mui/material/styles";

const fontFamily =
  'Inter, "SF Pro Text", system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

/** Light and dark come from one theme through CSS variables; `public/theme-boot.js` sets the scheme before the first paint. */
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: "data-color-scheme" },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: "#4338ca", dark: "#3730a3", light: "#6366f1" },
        background: { default: "#f6f7f9", paper: "#ffffff" },
        text: { primary: "#161a22", secondary: "#565e6c" },
        divider: "#e3e6eb",
        success: { main: "#15803d" },
        warning: { main: "#b45309" },
        error: { main: "#c81e1e" },
        info: { main: "#0369a1" },
      },
    },
    dark: {
      palette: {
        primary: { main: "#a5b4fc", dark: "#818cf8", light: "#c7d2fe" },
        background: { default: "#0f1218", paper: "#171b23" },
        text: { primary: "#e8ebf1", secondary: "#a2abba" },
        divider: "#2a303c",
        success: { main: "#4ade80" },
        warning: { main: "#fbbf24" },
        error: { main: "#f98080" },
        info: { main: "#7dd3fc" },
      },
    },
  },
  shape: { borderRadius: 10 },
  typography: {
    fontFamily,
    h1: { fontSize: "1.625rem", fontWeight: 650, lineHeight: 1.25, letterSpacing: "-0.018em" },
    h2: { fontSize: "1.125rem", fontWeight: 620, lineHeight: 1.35, letterSpacing: "-0.008em" },
    h3: { fontSize: "0.9375rem", fontWeight: 620, lineHeight: 1.4 },
    body1: { fontSize: "0.9375rem", lineHeight: 1.55 },
    body2: { fontSize: "0.875rem", lineHeight: 1.5 },
    caption: { fontSize: "0.8125rem", lineHeight: 1.45 },
    overline: { fontSize: "0.6875rem", fontWeight: 620, letterSpacing: "0.07em", lineHeight: 2 },
    button: { textTransform: "none", fontWeight: 560, fontSize: "0.875rem" },
  },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: {
          textRendering: "optimizeLegibility",
          WebkitFontSmoothing: "antialiased",
          overflowWrap: "break-word",
        },
        "@media (prefers-reduced-motion: reduce)": {
          "*, *::before, *::after": {
            animationDuration: "0.01ms !important",
            transitionDuration: "0.01ms !important",
          },
        },
      },
    },
    MuiButton: { defaultProps: { disableElevation: true }, styleOverrides: { root: { minHeight: 38 } } },
    MuiButtonBase: {
      styleOverrides: {
        root: {
          "&.Mui-focusVisible": { outline: "2px solid var(--mui-palette-primary-main)", outlineOffset: 2 },
        },
      },
    },
    MuiPaper: { styleOverrides: { root: { backgroundImage: "none" } } },
    MuiCard: {
      defaultProps: { variant: "outlined" },
      styleOverrides: { root: { borderRadius: 12 } },
    },
    MuiTextField: { defaultProps: { size: "small", fullWidth: true } },
    MuiOutlinedInput: {
      styleOverrides: {
        root: ({ theme: current }) => ({ backgroundColor: current.vars.palette.background.paper }),
      },
    },
    MuiTableCell: {
      styleOverrides: {
        root: ({ theme: current }) => ({
          padding: "11px 16px",
          borderColor: current.vars.palette.divider,
        }),
        head: ({ theme: current }) => ({
          fontSize: "0.8125rem",
          fontWeight: 560,
          color: current.vars.palette.text.secondary,
          whiteSpace: "nowrap",
          paddingTop: 9,
          paddingBottom: 9,
        }),
      },
    },
    MuiTableRow: { styleOverrides: { root: { "&:last-child td, &:last-child th": { borderBottom: 0 } } } },
    MuiChip: {
      defaultProps: { size: "small" },
      styleOverrides: { root: { borderRadius: 7, fontWeight: 520 } },
    },
    MuiTooltip: { defaultProps: { enterDelay: 300 }, styleOverrides: { tooltip: { fontSize: "0.75rem" } } },
    MuiAlert: { styleOverrides: { root: { borderRadius: 10 } } },
    MuiDialog: { styleOverrides: { paper: { borderRadius: 14 } } },
    MuiMenu: {
      styleOverrides: {
        paper: ({ theme: current }) => ({
          border: `1px solid ${current.vars.palette.divider}`,
          boxShadow: "0 8px 28px rgb(15 18 24 / 0.14)",
        }),
      },
    },
  },
});
