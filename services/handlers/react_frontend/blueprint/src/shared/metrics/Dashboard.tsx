import Box from "@mui/material/Box";
import ToggleButton from "@mui/material/ToggleButton";
import ToggleButtonGroup from "@mui/material/ToggleButtonGroup";
import type { ReactNode } from "react";

import { Page } from "../ui/Page.tsx";
import { type PeriodName, periods, type usePeriod } from "./period.ts";

interface DashboardProps {
  title: string;
  /** Which days are shown; absent where nothing on the page follows time. */
  period?: ReturnType<typeof usePeriod>;
  children: ReactNode;
}

/** A page of figures. */
export function Dashboard({ title, period, children }: DashboardProps) {
  return (
    <Page
      title={title}
      actions={
        period && (
          <ToggleButtonGroup
            exclusive
            size="small"
            aria-label="Period"
            value={period.name}
            onChange={(_event, chosen: PeriodName | null) => {
              if (chosen !== null) period.choose(chosen);
            }}
          >
            {Object.entries(periods).map(([name, { label }]) => (
              <ToggleButton
                key={name}
                value={name}
                sx={{
                  textTransform: "none",
                  px: { xs: 1.25, sm: 1.5 },
                  color: "text.primary",
                  whiteSpace: "nowrap",
                }}
              >
                {label}
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        )
      }
    >
      <Box
        sx={{
          display: "grid",
          gap: 2,
          gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "repeat(2, minmax(0, 1fr))" },
        }}
      >
        {children}
      </Box>
    </Page>
  );
}
