import { expect, test } from "vitest";
import {
  baseImages,
  chooseImageSource,
  grafanaVariables,
  NoImageSourceError,
  parseImageDigest,
  UnknownImageSourceError,
  type ImageProbe,
} from "./images.ts";

const official = Object.values(baseImages("registry"));
const dropIns = Object.values(baseImages("airgap"));

interface Machine {
  readonly present?: readonly string[];
  readonly published?: boolean;
  readonly bootstrap?: boolean;
}

function probeOf({ present = [], published = false, bootstrap = false }: Machine) {
  const asked: string[] = [];
  const probe: ImageProbe = {
    isPresent: async (image) => present.includes(image),
    isPublished: async (image) => {
      asked.push(image);
      return published;
    },
    canBootstrap: async () => bootstrap,
  };
  return { probe, asked };
}

test.each(["registry", "airgap"] as const)("IMAGES=%s wins over every probe", async (source) => {
  const { probe, asked } = probeOf({});
  await expect(chooseImageSource({ env: { IMAGES: source }, probe })).resolves.toBe(source);
  expect(asked).toEqual([]);
});

test("another value of IMAGES is refused with the values that are allowed", async () => {
  const { probe } = probeOf({ published: true });
  const choice = chooseImageSource({ env: { IMAGES: "local" }, probe });
  await expect(choice).rejects.toThrow(UnknownImageSourceError);
  await expect(choice).rejects.toThrow('seen "local", allowed "registry" or "airgap"');
});

test("a registry that answers is preferred to building", async () => {
  const { probe } = probeOf({ published: true, bootstrap: true, present: dropIns });
  await expect(chooseImageSource({ env: { IMAGES: "" }, probe })).resolves.toBe("registry");
});

test("images that are present need no registry", async () => {
  const { probe, asked } = probeOf({ present: official });
  await expect(chooseImageSource({ env: {}, probe })).resolves.toBe("registry");
  expect(asked).toEqual([]);
});

test("the registry is asked for an image that is missing", async () => {
  const { probe, asked } = probeOf({ present: official.slice(0, 3), published: true });
  await chooseImageSource({ env: {}, probe });
  expect(asked).toEqual([official[3]]);
});

test("without a registry the drop-ins are built, or used where they are present", async () => {
  const { probe: builder } = probeOf({ bootstrap: true });
  await expect(chooseImageSource({ env: {}, probe: builder })).resolves.toBe("airgap");
  const { probe: holder } = probeOf({ present: dropIns });
  await expect(chooseImageSource({ env: {}, probe: holder })).resolves.toBe("airgap");
});

test("some drop-ins and no way to build the rest is no source", async () => {
  const { probe } = probeOf({ present: dropIns.slice(1) });
  const choice = chooseImageSource({ env: {}, probe });
  await expect(choice).rejects.toThrow(NoImageSourceError);
  await expect(choice).rejects.toMatchObject({ code: "IMAGE_SOURCE_MISSING" });
});

test("both sources fill the same variables with different images", () => {
  expect(Object.keys(baseImages("airgap"))).toEqual(Object.keys(baseImages("registry")));
  expect(dropIns.filter((image) => official.includes(image))).toEqual([]);
  expect(new Set(official).size).toBe(official.length);
});

test("Grafana is started where its image is present, and left out where it is not", async () => {
  const start = { GRAFANA_IMAGE: expect.stringMatching(/^grafana\//), COMPOSE_PROFILES: "grafana" };
  await expect(grafanaVariables({ isPresent: async () => true })).resolves.toEqual(start);
  await expect(grafanaVariables({ isPresent: async () => false })).resolves.toEqual({});
});

test("a pulled image is named by its published digest, a built one by its id", () => {
  const pulled = 'sha256:aa\t1234\t["redis@sha256:bb"]\n';
  expect(parseImageDigest(pulled)).toEqual({ digest: "sha256:bb", bytes: 1234 });
  expect(parseImageDigest("sha256:aa\t1234\t[]")).toEqual({ digest: "sha256:aa", bytes: 1234 });
  expect(parseImageDigest("sha256:aa\t0\tnull")).toEqual({ digest: "sha256:aa", bytes: 0 });
});

test.each(["", "sha256:aa", "aa\t1\t[]", "sha256:aa\tmany\t[]", 'sha256:aa\t1\t["redis"]'])(
  "an image description without digest or size is refused: %j",
  (line) => {
    expect(() => parseImageDigest(line)).toThrow(TypeError);
  },
);
