//! Short and fond forms of names: "Anita" is Ana, "Bru" may be Bruno, "Zé" is José.

/// A name, folded, and what people with it are called.
const KNOWN: &[(&str, &str)] = &[
    ("francisco", "paco pancho fran kiko chico curro"),
    ("francisca", "paca pancha paqui kika chica"),
    ("jose", "pepe ze cheo pepito zeze"),
    ("josefa", "pepa fefa"),
    ("ignacio", "nacho"),
    ("guadalupe", "lupe lupita"),
    ("dolores", "lola loli"),
    ("mercedes", "merche meche"),
    ("rosario", "charo chayo"),
    ("concepcion", "concha conchi"),
    ("consuelo", "chelo"),
    ("jesus", "chucho chuy"),
    ("manuel", "manolo manu lolo"),
    ("manuela", "manoli manu lola"),
    ("antonio", "tonio tono tonho toni"),
    ("antonia", "toni tona"),
    ("enrique", "quique kike"),
    ("henrique", "rique kike"),
    ("alejandro", "ale alex jano sandro"),
    ("alejandra", "ale alex sandra jana"),
    ("alexandre", "ale alex xande"),
    ("alexandra", "ale alex xanda sandra"),
    ("roberto", "beto rober tito"),
    ("alberto", "beto berto"),
    ("gilberto", "beto gil"),
    ("eduardo", "edu lalo dudu"),
    ("eduarda", "duda edu"),
    ("luis", "lucho luisito"),
    ("luiz", "lula luizinho"),
    ("santiago", "santi chago yago"),
    ("sebastian", "seba sebas"),
    ("cristina", "cris tina"),
    ("cristian", "cris"),
    ("fernando", "fer nando"),
    ("fernanda", "fer nanda fe"),
    ("gabriel", "gabi gabo biel"),
    ("gabriela", "gabi gaby bibi"),
    ("rafael", "rafa rafi"),
    ("rafaela", "rafa"),
    ("beatriz", "bea bia betty"),
    ("isabel", "isa chabela bel belu"),
    ("isabela", "isa bela"),
    ("patricia", "patri paty pati trish pat"),
    ("ricardo", "richi cacho rick"),
    ("daniel", "dani danny dan"),
    ("daniela", "dani danny"),
    ("carolina", "caro carol"),
    ("veronica", "vero"),
    ("monica", "moni"),
    ("valentina", "vale valen"),
    ("leonardo", "leo nardo"),
    ("leandro", "lele le"),
    ("joao", "joca jota jao"),
    ("pedro", "perico pepo"),
    ("marcelo", "marce celo"),
    ("juliana", "ju juli"),
    ("julia", "ju juli"),
    ("luciana", "lu luci"),
    ("camila", "cami mila"),
    ("mariana", "mari nana"),
    ("maria", "mari mary marichu maruja"),
    ("margarita", "marga mago"),
    ("catalina", "cata cati"),
    ("rodrigo", "rodri digo"),
    ("william", "will bill billy willy liam"),
    ("robert", "rob bob bobby robbie"),
    ("richard", "rick dick richie"),
    ("michael", "mike mikey mick"),
    ("elizabeth", "liz lizzy beth betty eliza"),
    ("katherine", "kate kathy katie kat"),
    ("catherine", "kate cathy katie cat"),
    ("margaret", "maggie peggy meg"),
    ("thomas", "tom tommy"),
    ("james", "jim jimmy jamie"),
    ("john", "johnny jack"),
    ("joseph", "joe joey"),
    ("alexander", "alex al sandy"),
    ("samantha", "sam sammy"),
    ("samuel", "sam sammy"),
    ("benjamin", "ben benny"),
    ("christopher", "chris topher"),
    ("nicholas", "nick nicky"),
    ("anthony", "tony ant"),
    ("matthew", "matt matty"),
    ("andrew", "andy drew"),
    ("jennifer", "jen jenny"),
    ("rebecca", "becky bec"),
    ("victoria", "vicky vicki tori"),
    ("edward", "ed eddie ted"),
    ("david", "dave davey"),
    ("steven", "steve"),
    ("stephen", "steve"),
    ("jessica", "jess jessie"),
    ("susan", "sue susie"),
    ("deborah", "deb debbie"),
];

/// Endings that make a name small and dear, longest first.
const FOND: &[&str] = &[
    "cinha", "cinho", "zinha", "zinho", "cita", "cito", "inha", "inho", "ita", "ito", "illa",
    "illo", "ie", "y",
];
/// Beginnings of a name shorter than this are no name.
const MIN_BEGINNING: usize = 3;

/// How a word can stand for a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A fond form, or a short form in common use.
    Fond,
    /// Only its beginning: to be trusted where a person is spoken of.
    Beginning,
}

/// Whether `said` is a form of `name`; both folded, and not the same.
pub(super) fn form(said: &str, name: &str) -> Option<Form> {
    if KNOWN.iter().any(|(known, forms)| *known == name && forms.split(' ').any(|f| f == said)) {
        return Some(Form::Fond);
    }
    let stem = name.trim_end_matches(['a', 'o', 'e', 's']);
    let fond = FOND.iter().any(|ending| {
        let of_stem = said.strip_suffix(ending).filter(|_| stem.len() >= 2);
        // "Carlitos" keeps the s of Carlos; "Marquitos" spells its c as qu.
        let plural = said.strip_suffix('s').and_then(|said| said.strip_suffix(ending));
        let respelt = |s: &str| {
            s == stem
                || s.strip_suffix("qu").zip(stem.strip_suffix('c')).is_some_and(|(a, b)| a == b)
        };
        of_stem.is_some_and(respelt)
            || plural.filter(|_| name.ends_with('s')).is_some_and(respelt)
            || (ending.starts_with(['c', 'z']) && said.strip_suffix(ending) == Some(name))
    });
    if fond {
        return Some(Form::Fond);
    }
    let begins = said.len() >= MIN_BEGINNING && said.len() < name.len() && name.starts_with(said);
    begins.then_some(Form::Beginning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fond_and_short_forms() {
        for (said, name) in [
            ("anita", "ana"),
            ("aninha", "ana"),
            ("carlitos", "carlos"),
            ("carlinhos", "carlos"),
            ("marquitos", "marcos"),
            ("luisito", "luis"),
            ("paulinha", "paula"),
            ("joaozinho", "joao"),
            ("martita", "marta"),
            ("pepe", "jose"),
            ("ze", "jose"),
            ("bia", "beatriz"),
            ("bob", "robert"),
        ] {
            assert_eq!(form(said, name), Some(Form::Fond), "{said} {name}");
        }
        assert_eq!(form("bru", "bruno"), Some(Form::Beginning));
        assert_eq!(form("moni", "monica"), Some(Form::Fond));
        for (said, name) in
            [("an", "ana"), ("cita", "ana"), ("bonita", "ana"), ("mar", "ana"), ("ita", "a")]
        {
            assert_eq!(form(said, name), None, "{said} {name}");
        }
    }
}
