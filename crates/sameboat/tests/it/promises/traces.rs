//! No trace of where somebody came from, and no secret or word in a log (P1, P2, P16).

use std::net::IpAddr;

use sameboat::access::Access;
use sameboat::error::Fault;
use sameboat::routes;
use sameboat::web::{Answer, cookies, get, stack};
use storekit::testing::TestDb;

use crate::world::{Person, World, bytes, log};

const AGENT: &str = "Unicorn-Agent/7.31 (kestrel)";
const REFERRER: &str = "https://shelter-for-wrens.example/room-19";
const WORDS: [&str; 4] = ["plumtuft", "gravelsong", "wickerdrum", "saltbramble"];

/// Somebody who leaves as many traces as a person can.
async fn visit(world: &World, address: IpAddr) -> Person {
    let mut ana = world.person("ana").await;
    ana.address = address;
    ana.always("user-agent", AGENT);
    ana.always("referer", REFERRER);
    ana.always("x-forwarded-for", &address.to_string());
    ana.always("x-real-ip", &address.to_string());
    ana.open(&format!("/me?q={}", WORDS[0])).await;
    ana.open(&format!("/nowhere/{}", WORDS[1])).await;
    ana.open(&format!("/test/fault?q={}", WORDS[2])).await;
    let mut phone = world.browser();
    phone.address = address;
    phone.always = ana.always.clone();
    phone.open("/sign-in").await;
    phone.fill([("name", WORDS[3]), ("passphrase", &WORDS.join(" "))]);
    phone.press_in("main", "Sign in").await;
    phone.open("/sign-in/recovery").await;
    phone.fill([("code", &ana.code)]).press("Let me back in").await;
    ana
}

async fn world(behind_proxy: bool) -> World {
    async fn fault() -> Answer {
        Err(Fault::because("a test").into())
    }
    let world = World::with(TestDb::chosen(), |settings| settings.behind_proxy = behind_proxy);
    let mut world = world.await;
    let mut all = routes::all();
    all.push(get("/test/fault", Access::Anyone, fault));
    world.router = stack::router(world.app.clone(), all);
    world
}

#[tokio::test]
async fn no_address_agent_or_referrer_is_written_anywhere() {
    for behind_proxy in [false, true] {
        let world = world(behind_proxy).await;
        let addresses = ["203.0.113.177", "2001:db8:77:1234:5678:9abc:def0:1771"];
        let addresses = addresses.map(|text| text.parse::<IpAddr>().expect("an address"));
        for address in addresses {
            visit(&world, address).await;
        }
        let mut marks: Vec<Vec<u8>> = vec![b"kestrel".to_vec(), b"shelter-for-wrens".to_vec()];
        marks.extend(addresses.iter().map(|address| address.to_string().into_bytes()));
        if let [_, IpAddr::V6(v6)] = addresses {
            marks.extend([v6.octets().to_vec(), v6.octets()[..8].to_vec()]);
        }
        absent(&world, &marks).await;
    }
}

#[tokio::test]
async fn no_secret_and_no_word_is_logged_or_lies_on_the_disk() {
    let world = world(false).await;
    let ana = visit(&world, [203, 0, 113, 178].into()).await;
    let secret = ana.cookies.value(cookies::SIGN_IN).expect("a sign-in");
    let raw = cookies_bytes(secret);
    let mut marks: Vec<Vec<u8>> = WORDS.map(|word| word.as_bytes().to_vec()).to_vec();
    marks.extend([secret.as_bytes().to_vec(), raw]);
    marks.extend([ana.code.as_bytes().to_vec(), ana.passphrase.as_bytes().to_vec()]);
    marks.push(ana.code.replace(['-', ' '], "").into_bytes());
    marks.push(ana.cookies.value(cookies::IDLE).expect("a sign-in").as_bytes().to_vec());
    if seal::SEALING {
        marks.push(ana.name.clone().into_bytes());
    }
    absent(&world, &marks).await;
}

fn cookies_bytes(value: &str) -> Vec<u8> {
    let mut headers = axum::http::HeaderMap::new();
    let line = format!("{}={value}", cookies::SIGN_IN).parse().expect("a cookie");
    headers.insert("cookie", line);
    cookies::bytes::<32>(&headers, cookies::SIGN_IN).expect("32 bytes").to_vec()
}

async fn absent(world: &World, marks: &[Vec<u8>]) {
    let log = log::lines();
    assert!(log.contains("/sign-in") && log.contains("a request failed"), "something is logged");
    for mark in marks {
        let text = String::from_utf8_lossy(mark);
        assert!(!bytes::holds(log.as_bytes(), mark), "{text} stands in the log");
    }
    for (place, all) in world.disk().await {
        for mark in marks {
            let text = String::from_utf8_lossy(mark);
            assert!(!bytes::holds(&all, mark), "{text} stands in {}", place.display());
        }
    }
}

/// Whatever is typed, a log line stays one line of JSON and says nothing of it (P16).
#[tokio::test]
async fn nobody_can_forge_a_line() {
    let world = world(false).await;
    let mut ana = world.person("ana").await;
    let forged = "plumforge\r\n{\"level\":\"INFO\",\"message\":\"forged\"}\u{1b}[2J\u{202e}\u{0}";
    for address in ["/join", "/sign-in", "/sign-in/recovery"] {
        let mut other = world.browser();
        other.open(address).await;
        let once = other.once();
        let names =
            ["own-word", "word", "name", "passphrase", "own-passphrase", "code", "to", "device"];
        let mut fields: Vec<(&str, &str)> = names.map(|name| (name, forged)).to_vec();
        fields.push(("once", &once));
        other.post(address, &fields).await;
        assert!(!other.page.status.is_server_error(), "{address}");
    }
    let encoded: String = forged.bytes().map(|byte| format!("%{byte:02X}")).collect();
    ana.open(&format!("/nowhere/{encoded}?done={encoded}")).await;
    ana.open("/me").await;
    assert!(ana.page.texts("#sign_in_event li").iter().all(|line| !line.contains("forge")));
    let log = log::lines();
    assert!(!log.contains("forge"));
    for line in log.lines() {
        let read = serde_json::from_str::<serde_json::Value>(line);
        assert!(read.is_ok_and(|line| line["level"].is_string()), "{line}");
    }
}
