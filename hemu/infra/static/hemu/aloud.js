// Reads a page's words aloud where the browser can; where it cannot, the button stays hidden.
const button = document.querySelector("[data-read-aloud]");
const words = document.querySelector("[data-aloud]");

if (button && words && "speechSynthesis" in window) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const speaking = window.speechSynthesis.speaking;
    window.speechSynthesis.cancel();
    if (speaking) return;
    const said = new SpeechSynthesisUtterance(words.innerText);
    said.lang = "zh-CN";
    said.rate = 0.9;
    window.speechSynthesis.speak(said);
  });
  window.addEventListener("pagehide", () => window.speechSynthesis.cancel());
}
