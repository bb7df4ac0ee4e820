// A voice recorded in the page, where the browser may: not on plain http, not without a microphone.

const KINDS = ["audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
const LONGEST = 3 * 60 * 1000;
export const mayRecord = Boolean(
  window.MediaRecorder && navigator.mediaDevices && navigator.mediaDevices.getUserMedia,
);

// Starts, and resolves to {stop}; done gets the sound as a blob, at the latest after three minutes.
export async function record(done) {
  const sound = await navigator.mediaDevices.getUserMedia({ audio: true });
  const kind = KINDS.find((each) => MediaRecorder.isTypeSupported && MediaRecorder.isTypeSupported(each));
  const recorder = new MediaRecorder(sound, kind ? { mimeType: kind, audioBitsPerSecond: 32000 } : {});
  const parts = [];
  const limit = window.setTimeout(() => recorder.stop(), LONGEST);
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => {
    sound.getTracks().forEach((track) => track.stop());
    window.clearTimeout(limit);
    done(new Blob(parts, { type: recorder.mimeType }));
  };
  recorder.start();
  return recorder;
}
