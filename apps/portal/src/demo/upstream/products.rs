//! What Acme sells.

use serde::Serialize;

pub(super) const REGIONS: [&str; 3] = ["eu", "uk", "us"];
const CURRENCIES: [&str; 3] = ["EUR", "GBP", "USD"];

pub(super) const CATEGORIES: [(&str, &str); 4] = [
    ("kitchen", "Kitchen"),
    ("table", "Table"),
    ("garden", "Garden"),
    ("light", "Light"),
];

/// An article; price (0: not sold there) and stock are by region, in the order of [`REGIONS`].
pub(super) struct Article {
    pub(super) sku: &'static str,
    pub(super) name: &'static str,
    about: &'static str,
    pub(super) category: &'static str,
    colours: &'static [(&'static str, &'static str)],
    prices: [u32; 3],
    stock: [u32; 3],
}

/// A price in one region.
#[derive(Serialize, Clone, Copy)]
pub(super) struct Price {
    region: &'static str,
    pub(super) amount: u32,
    pub(super) currency: &'static str,
}

/// An article as the document shows it.
#[derive(Serialize)]
pub(super) struct Product {
    sku: &'static str,
    name: &'static str,
    description: &'static str,
    category: &'static str,
    variants: Vec<Variant>,
    prices: Vec<Price>,
}

#[derive(Serialize)]
struct Variant {
    sku: String,
    colour: &'static str,
}

impl Article {
    pub(super) fn find(sku: &str) -> Option<&'static Self> {
        ARTICLES.iter().find(|article| article.sku == sku)
    }

    /// Its price in that region, if it is sold there.
    pub(super) fn price(&self, region: &str) -> Option<Price> {
        self.all_prices().find(|price| price.region == region)
    }

    /// How many pieces there are, reserved ones included.
    pub(super) fn stock(&self, region: &str) -> u32 {
        let place = REGIONS.iter().position(|name| *name == region);
        place.map_or(0, |place| self.stock[place])
    }

    pub(super) fn matches(&self, words: &str) -> bool {
        let text = format!("{} {}", self.name, self.about).to_lowercase();
        let mut words = words.split_whitespace().map(str::to_lowercase);
        words.all(|word| text.contains(&word))
    }

    pub(super) fn product(&self) -> Product {
        let colours = self.colours.iter();
        Product {
            sku: self.sku,
            name: self.name,
            description: self.about,
            category: self.category,
            variants: colours
                .map(|(ending, colour)| Variant {
                    sku: format!("{}-{ending}", self.sku),
                    colour,
                })
                .collect(),
            prices: self.all_prices().collect(),
        }
    }

    fn all_prices(&self) -> impl Iterator<Item = Price> {
        let regions = REGIONS.into_iter().zip(CURRENCIES).zip(self.prices);
        let prices = regions.map(|((region, currency), amount)| Price {
            region,
            amount,
            currency,
        });
        prices.filter(|price| price.amount > 0)
    }
}

const fn article(
    (sku, name, about): (&'static str, &'static str, &'static str),
    category: &'static str,
    colours: &'static [(&'static str, &'static str)],
    prices: [u32; 3],
    stock: [u32; 3],
) -> Article {
    Article {
        sku,
        name,
        about,
        category,
        colours,
        prices,
        stock,
    }
}

const BLACK_OR_STEEL: &[(&str, &str)] = &[("BLK", "black"), ("STL", "steel")];
const GLAZES: &[(&str, &str)] = &[("SND", "sand"), ("SEA", "sea green"), ("INK", "ink")];

/// In the order of their SKUs.
#[rustfmt::skip]
pub(super) const ARTICLES: [Article; 14] = [
    article(("BRD-030", "Chopping board", "Oiled oak with a groove for juices."), "kitchen", &[], [3900, 3500, 4400], [120, 31, 58]),
    article(("BWL-011", "Salad bowl", "Turned from one piece of ash."), "table", &[], [5200, 4700, 0], [16, 9, 0]),
    article(("CAN-045", "Watering can 5 l", "Galvanised steel with a brass rose."), "garden", &[], [4600, 4200, 5400], [74, 12, 0]),
    article(("GLO-007", "Garden gloves", "Goatskin, lined, in three sizes."), "garden", &[], [2400, 2200, 2700], [210, 95, 140]),
    article(("GRN-300", "Hand coffee grinder", "Conical burrs of hardened steel."), "kitchen", BLACK_OR_STEEL, [11900, 10500, 12900], [38, 14, 22]),
    article(("KET-200", "Pour-over kettle 1.2 l", "Gooseneck kettle of brushed steel, for gas and induction."), "kitchen", BLACK_OR_STEEL, [8900, 7900, 0], [43, 7, 0]),
    article(("LMP-110", "Reading lamp", "Warm light that follows the hour."), "light", BLACK_OR_STEEL, [13900, 12400, 14900], [25, 0, 18]),
    article(("LNT-120", "Storm lantern", "Burns for 20 hours on one filling."), "light", &[], [5900, 5300, 6500], [0, 0, 44]),
    article(("MUG-014", "Stoneware mug", "Holds 300 ml and goes into the dishwasher."), "table", GLAZES, [1450, 1300, 1600], [640, 212, 388]),
    article(("PAN-240", "Iron pan 24 cm", "Forged, seasoned, and good for a lifetime."), "kitchen", &[], [6900, 6200, 7900], [57, 20, 33]),
    article(("PLT-026", "Dinner plate 26 cm", "Stoneware, glazed by hand."), "table", GLAZES, [1900, 1700, 2100], [480, 160, 275]),
    article(("SCL-015", "Kitchen scale", "To the gram, up to five kilograms."), "kitchen", &[], [4900, 4400, 0], [66, 27, 0]),
    article(("SEC-008", "Pruning shears", "A blade that can be replaced."), "garden", &[], [3400, 3100, 3900], [88, 40, 71]),
    article(("TWL-050", "Linen towels, set of three", "Woven in Flanders, washed soft."), "table", &[], [3600, 3200, 4100], [150, 64, 92]),
];
