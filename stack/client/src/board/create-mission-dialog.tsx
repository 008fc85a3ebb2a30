import { useState, type ReactNode } from "react";
import { failureOf } from "../http/failure-of.ts";
import type { RequestFailure } from "../http/request-failure.ts";
import { useSubmissionKeys } from "../http/use-submission-keys.ts";
import type { Mission } from "../missions/mission.ts";
import type { MissionContent } from "../missions/missions-api.ts";
import { useServices } from "../services.ts";
import { ContentForm } from "../ui/content-form.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { UndecidedNotice } from "../ui/undecided-notice.tsx";

type Props = {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (mission: Mission) => void;
};

const nothing: MissionContent = { title: "", description: "" };

/** The form for a new mission; what was typed outlives closing the dialog. */
export function CreateMissionDialog({ isOpen, onClose, onCreated }: Props): ReactNode {
  const { api } = useServices();
  const keys = useSubmissionKeys();
  const [createdCount, setCreatedCount] = useState(0);
  const [failure, setFailure] = useState<RequestFailure | null>(null);

  const create = async (content: MissionContent): Promise<void> => {
    setFailure(null);
    try {
      const mission = await api.createMission(content, keys.keyFor(content));
      keys.settle();
      setCreatedCount(createdCount + 1);
      onCreated(mission);
    } catch (error) {
      setFailure(failureOf(error));
    }
  };

  return (
    <Dialog isOpen={isOpen} title="New mission" onClose={onClose}>
      <ContentForm
        // A new form for every mission: the fields of the one just created are gone.
        key={createdCount}
        initial={nothing}
        submitLabel="Create mission"
        busyLabel="Creating…"
        onSubmit={create}
        onCancel={onClose}
      >
        {failure && <UndecidedNotice failure={failure} what="mission" />}
      </ContentForm>
    </Dialog>
  );
}
