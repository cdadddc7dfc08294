import Box from "@mui/material/Box";
import Button from "@mui/material/Button";
import Card from "@mui/material/Card";
import CardActionArea from "@mui/material/CardActionArea";
import Skeleton from "@mui/material/Skeleton";
import Stack from "@mui/material/Stack";
import Typography from "@mui/material/Typography";
import { lazy, Suspense, useMemo } from "react";
import { Link } from "react-router";

import { APP_NAME } from "../../shared/appName.ts";
import type { Feature, MenuEntry } from "../../shared/feature.ts";
import { useSession, useVisitor } from "../../shared/session/useVisitor.ts";
import { EmptyState } from "../../shared/ui/EmptyState.tsx";
import { Icon } from "../../shared/ui/icons.tsx";
import { Page } from "../../shared/ui/Page.tsx";

interface HomePageProps {
  features: Feature[];
  signInPath: string | undefined;
}

/** Where people arrive: cards of the features, and the way to everything else they may see. */
export function HomePage({ features, signInPath }: HomePageProps) {
  const session = useSession();
  const visitor = useVisitor();
  const cards = useMemo(
    () =>
      features
        .flatMap((feature) => feature.slots?.home ?? [])
        .map((card) => ({ ...card, Component: lazy(card.load) })),
    [features],
  );
  const shown = cards.filter((card) => card.access(visitor));
  const links = features.flatMap((feature) => feature.menu).filter((entry) => entry.access(visitor));

  return (
    <Page
      title={visitor.signedIn ? `Welcome, ${session.name}` : APP_NAME}
      subtitle={visitor.signedIn ? "What is new, and where to go." : undefined}
    >
      {!visitor.signedIn && signInPath !== undefined && (
        <Card sx={{ mb: 3 }}>
          <EmptyState
            icon="login"
            title="Sign in to get to work"
            body="What you see here depends on who you are."
            action={
              <Button component={Link} to={signInPath} variant="contained">
                Sign in
              </Button>
            }
          />
        </Card>
      )}
      {shown.length > 0 && (
        <Box
          sx={{ display: "grid", gap: 2, gridTemplateColumns: { xs: "1fr", md: "repeat(2, 1fr)" }, mb: 3 }}
        >
          {shown.map(({ key, Component }) => (
            <Suspense key={key} fallback={<Skeleton variant="rounded" height={220} />}>
              <Component />
            </Suspense>
          ))}
        </Box>
      )}
      {links.length > 0 && <QuickLinks links={links} />}
      {links.length === 0 && shown.length === 0 && (visitor.signedIn || signInPath === undefined) && (
        <Card>
          <EmptyState title="Nothing here yet" body="Pages appear here as soon as you have access to them." />
        </Card>
      )}
    </Page>
  );
}

function QuickLinks({ links }: { links: MenuEntry[] }) {
  return (
    <section aria-labelledby="quick-links">
      <Typography id="quick-links" variant="h2" sx={{ mb: 1.5 }}>
        Go to
      </Typography>
      <Box
        sx={{
          display: "grid",
          gap: 1.5,
          gridTemplateColumns: "repeat(auto-fill, minmax(min(100%, 220px), 1fr))",
        }}
      >
        {links.map((entry) => (
          <Card key={entry.path}>
            <CardActionArea component={Link} to={entry.path} sx={{ p: 2 }}>
              <Stack direction="row" sx={{ gap: 1.5, alignItems: "center" }}>
                <Icon name={entry.icon} sx={{ color: "primary.main" }} />
                <Typography variant="h3" component="span">
                  {entry.label}
                </Typography>
              </Stack>
            </CardActionArea>
          </Card>
        ))}
      </Box>
    </section>
  );
}
