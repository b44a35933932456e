// One live region for the whole page. Emptied first, so that the same words twice are said twice.
export function say(words) {
  if (!words) return;
  let region = document.getElementById('said');
  if (!region) {
    region = document.createElement('p');
    region.id = 'said';
    region.className = 'hush';
    region.setAttribute('role', 'status');
    document.body.append(region);
  }
  region.textContent = '';
  setTimeout(() => { region.textContent = words; }, 60);
}
