import { browser } from "@web/core/browser/browser";

const STORED = "serial_number_tracking.is_silent";
/** What is heard, as frequencies in hertz one after the other, and felt, in milliseconds, for each kind of answer. */
const SIGNALS = {
    success: { tones: [1320], pulse: [40] },
    warning: { tones: [880, 1320], pulse: [40, 60, 40] },
    danger: { tones: [330, 220], pulse: [250, 80, 250] },
};
const TONE_S = 0.12;
const LOUDNESS = 0.15;

/** Lets scans be heard and felt: taken, taken with a word, refused. A user switches it off, on this device. */
export class Feedback {
    constructor() {
        this.isSilent = browser.localStorage.getItem(STORED) === "1";
        this.audio = null;
    }

    toggle() {
        this.isSilent = !this.isSilent;
        browser.localStorage.setItem(STORED, this.isSilent ? "1" : "0");
    }

    /**
     * Signal an answer.
     *
     * @param {string} kind that of the answer; kinds without a signal are silent
     */
    signal(kind) {
        const { tones, pulse } = SIGNALS[kind] || {};
        if (tones && !this.isSilent) {
            browser.navigator.vibrate?.(pulse);
            this._play(tones);
        }
    }

    /** Play tones one after the other; a device without sound, or one that does not allow it yet, stays silent. */
    _play(tones) {
        const AudioContext = window.AudioContext;
        if (!AudioContext) {
            return;
        }
        this.audio ||= new AudioContext();
        const volume = this.audio.createGain();
        volume.gain.value = LOUDNESS;
        volume.connect(this.audio.destination);
        tones.forEach((frequency, index) => {
            const tone = this.audio.createOscillator();
            tone.frequency.value = frequency;
            tone.connect(volume);
            tone.start(this.audio.currentTime + index * TONE_S);
            tone.stop(this.audio.currentTime + (index + 1) * TONE_S);
        });
    }
}
