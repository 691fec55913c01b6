//! Seed files: what is refused and how it is said.

use super::*;

fn refusal(edit: impl Fn(&str) -> String) -> String {
    let Err(error) = edit(DEMO).parse::<Business>() else { panic!("must be refused") };
    format!("{error:#}")
}

#[test]
fn the_demo_speaks_every_language_throughout() {
    let business = DEMO.parse::<Business>().unwrap();
    for service in &business.services {
        assert_eq!(service.names.len(), Locale::ALL.len(), "{}", service.key);
    }
    for (topic, bodies) in &business.facts {
        assert_eq!(bodies.len(), Locale::ALL.len(), "{topic:?}");
    }
    let offered: BTreeSet<_> = business.staff.iter().flat_map(|staff| &staff.services).collect();
    assert_eq!(offered.len(), business.services.len(), "somebody does every service");
    assert!(business.staff.iter().all(|staff| staff.hours.sun.is_empty()));
}

/// Everything in both files is accepted by the engine, which checks more than the files do.
#[sqlx::test(migrator = "platform::db::MIGRATOR")]
async fn both_businesses_open(
    pool: sqlx::postgres::PgPoolOptions,
    options: sqlx::postgres::PgConnectOptions,
) {
    let db = Db::connect_with(pool, options).await.unwrap();
    let (ids, clock) =
        (Ids::seeded(1), kernel::MockClock::at("2026-11-23T09:00:00Z".parse().unwrap()));
    for text in [DEMO, include_str!("../../../seeds/restaurant.toml")] {
        let business = text.parse::<Business>().unwrap();
        let seeded = seed(&db, &ids, &clock, &business).await.unwrap();
        let mut tx = db.tenant(seeded.tenant_id).await.unwrap();
        let catalogue = booking::catalogue(&mut tx).await.unwrap();
        assert_eq!(catalogue.services.len(), business.services.len());
        let n_add_ons: usize = business.services.iter().map(|seed| seed.add_ons.len()).sum();
        assert_eq!((catalogue.add_ons.len(), n_add_ons), (1, 1));
        let christmas: Date = "2026-12-25".parse().unwrap();
        let closed = booking::closures(&mut tx, christmas, christmas).await.unwrap();
        assert_eq!(closed.len(), 1);
    }
}

#[test]
fn refusals_name_the_field() {
    let cases = [
        (refusal(|toml| toml.replace("price_minor = 95_00", "prise = 95_00")), "prise"),
        (refusal(|toml| toml.replace("\"blow_dry\"]", "\"perm\"]")), "staff[0].services"),
        (refusal(|toml| toml.replace("[\"Carla\"]", "[\"Karla\"]")), "exceptions[0].staff"),
        (refusal(|toml| toml.replace("key = \"brows\"", "key = \"facial\"")), "services[8].key"),
        (refusal(|toml| toml.replace("[\"10:00-14:00\"]", "[\"10:00-10:00\"]")), "hours"),
        (refusal(|toml| toml.replace("needs = [\"chair\"]", "needs = [\"sofa\"]")), "kind"),
        (
            refusal(|toml| toml.replace("needs = [\"chair\"]", "variation_of = \"brows\"")),
            "services[3].variation_of",
        ),
        (refusal(|toml| toml.replace("[facts.payment]", "[facts.horoscope]")), "horoscope"),
    ];
    for (refusal, field) in cases {
        assert!(refusal.contains(field), "`{field}` in: {refusal}");
    }
}

#[test]
fn kept_keys_are_for_the_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new").join(DEMO_FILE);
    let seeded = Seeded {
        tenant_id: TenantId::from_uuid(uuid::Uuid::nil()),
        name: "Aurora".to_owned(),
        api_key: "key".into(),
        simulator_instance: "demo".to_owned(),
        evolution_instance: "demo".to_owned(),
        evolution_webhook_secret: "secret".into(),
    };
    keep(&file, &seeded).unwrap();
    let recalled = recall(&file).unwrap().unwrap();
    assert_eq!(recalled.api_key.expose_secret(), "key");
    assert_eq!(recalled.evolution_webhook_secret.expose_secret(), "secret");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    }
    fs::write(&file, "{").unwrap();
    assert!(recall(&file).unwrap().is_none());
}
