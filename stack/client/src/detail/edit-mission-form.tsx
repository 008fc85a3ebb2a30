import { useState, type ReactNode } from "react";
import type { RequestFailure } from "../http/request-failure.ts";
import type { Mission } from "../missions/mission.ts";
import type { MissionStore } from "../missions/mission-store.ts";
import type { MissionContent } from "../missions/missions-api.ts";
import { useServices } from "../services.ts";
import { ContentForm } from "../ui/content-form.tsx";
import { FailureNotice } from "../ui/failure-notice.tsx";
import { LostRaceNotice, type LostRace } from "./lost-race-notice.tsx";

type Props = {
  readonly mission: Mission;
  readonly store: MissionStore;
  readonly onSaved: () => void;
  readonly onCancel: () => void;
};

/**
 * Edits title and description against the version that was current when editing began: live
 * updates behind the form must not make it overwrite what its user never saw.
 */
export function EditMissionForm({ mission, store, onSaved, onCancel }: Props): ReactNode {
  const { announcer } = useServices();
  const [seen, setSeen] = useState(mission);
  const [lostRace, setLostRace] = useState<LostRace | null>(null);
  const [failure, setFailure] = useState<RequestFailure | null>(null);

  const save = async (content: MissionContent): Promise<void> => {
    setLostRace(null);
    setFailure(null);
    const outcome = await store.change(seen, content);
    if (outcome.kind === "failed") return setFailure(outcome.failure);
    if (outcome.kind === "lost-race") {
      setSeen(outcome.current);
      return setLostRace(outcome);
    }
    announcer.announce("The mission was saved.");
    onSaved();
  };

  return (
    <ContentForm
      initial={{ title: mission.title, description: mission.description }}
      submitLabel="Save"
      busyLabel="Saving…"
      onSubmit={save}
      onCancel={onCancel}
      hasFirstFocus
    >
      {lostRace && (
        <LostRaceNotice race={lostRace} onDismiss={() => setLostRace(null)}>
          Nothing was overwritten, and your text is still here. Save again to replace theirs.
        </LostRaceNotice>
      )}
      {failure && <FailureNotice failure={failure} />}
    </ContentForm>
  );
}
