const MOST_PIXELS = 1600; // of the longer side
const QUALITY = 0.85;

/**
 * Tell whether a file is a picture, by what the device says of it.
 *
 * @param {File} file
 * @returns {boolean}
 */
export function isPicture(file) {
    return file.type.startsWith("image/");
}

/**
 * Read a picture and make it small and upright, so that it is sent in a moment: a camera's has ten times as much.
 *
 * @param {Blob} file
 * @returns {Promise<string>} a JPEG as base64
 * @throws {Error} for what the device cannot read
 */
export async function shrinkPicture(file) {
    const image = await loadImage(file);
    const scale = Math.min(1, MOST_PIXELS / Math.max(image.naturalWidth, image.naturalHeight));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    const context = canvas.getContext("2d");
    context.fillStyle = "white"; // behind what is transparent
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const url = canvas.toDataURL("image/jpeg", QUALITY);
    return url.slice(url.indexOf(",") + 1);
}

async function loadImage(file) {
    const url = URL.createObjectURL(file);
    try {
        const image = document.createElement("img");
        image.src = url;
        await image.decode();
        return image;
    } finally {
        URL.revokeObjectURL(url);
    }
}

/**
 * Return the serial number that a picture is of, by its file's name.
 *
 * @param {{name: string}} file
 * @returns {string}
 */
export function readNumber({ name }) {
    return name.replace(/\.[^.]*$/, "").trim();
}
