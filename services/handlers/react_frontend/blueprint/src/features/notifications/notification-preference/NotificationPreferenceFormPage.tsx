import { Preference, Preferences } from "../../../shared/preferences/Preferences.tsx";
import { PreferenceSwitches } from "../../../shared/preferences/PreferenceSwitches.tsx";
import { usePutNotificationPreferenceMutation, useReadNotificationPreferenceQuery } from "./api.ts";

const labels = { in_app: "In app", email: "Email" };

export default function NotificationPreferenceFormPage() {
  return (
    <Preferences title="Notification preferences">
      <Preference label="Test notification" hint="This is how a notification looks.">
        <Switches kind="test_notification" />
      </Preference>
      <Preference label="Room joined">
        <Switches kind="room_joined" />
      </Preference>
    </Preferences>
  );
}

function Switches({ kind }: { kind: string }) {
  const result = useReadNotificationPreferenceQuery({ kind });
  const [putNotificationPreference] = usePutNotificationPreferenceMutation();
  return (
    <PreferenceSwitches
      result={result}
      labels={labels}
      store={(body) => putNotificationPreference({ kind, body }).unwrap()}
    />
  );
}
